"""Fields and widgets that the forms of the bank share."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lms.exams.validators import NotAnAnswer, as_number, as_words

LONGEST = 4000


class Words(forms.CharField):
    """Text without marks that nobody sees; line ends as one."""

    def __init__(self, *, rows: int = 0, max_length: int = LONGEST, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        try:
            return as_words(text, len(text) + 1).strip()
        except NotAnAnswer as no:  # pragma: no cover - a form sends text, and nothing is longer than itself
            raise ValidationError(_("This cannot be read as text.")) from no


class Number(forms.CharField):
    """A decimal number as typed, kept in its plain form; full-width digits are digits."""

    default_error_messages = {"not_a_number": _("Give a number in digits, for example 12.5.")}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return as_number(text) or ""
        except NotAnAnswer as no:
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number") from no


class OneOfRows(forms.Widget):
    """A radio button in each row of a formset, of which one in all rows is chosen; its value is the row's number."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        group, number, _field = name.rsplit("-", 2)
        chosen = SafeString(" checked") if value else ""
        known = {**self.attrs, **(attrs or {})}
        return format_html(
            '<input type="radio" name="{}-right" value="{}" id="{}"{}>', group, number, known.get("id", ""), chosen
        )

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        group, number, _field = name.rsplit("-", 2)
        return data.get(f"{group}-right") == number

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        return False
