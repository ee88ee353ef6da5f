"""Questions with options: one right, several right, true or false."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.exams.enums import QuestionKind
from lms.exams.forms.options import FEWEST, as_row, lettered, places_of
from lms.exams.forms.questions import QuestionForm
from lms.exams.forms.rows import OneOptionRow, OptionRow, rows_of
from lms.exams.services.bank_file import Item

TRUE, FALSE = "true", "false"
TWO_ANSWERS = [
    {"id": TRUE, "text": "正确", "text_en": "True"},
    {"id": FALSE, "text": "错误", "text_en": "False"},
]


class ChoiceForm(QuestionForm):
    """Options of which some are right."""

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        right = {item.key.option, *(item.key.options or [])}
        return {"options": [{**as_row(entry), "right": entry.id in right} for entry in item.options]}

    def _options(self) -> tuple[list[dict[str, Any]], list[str]]:
        options = lettered(self.rows["options"].said(), places_of(self.before.options if self.before else []))
        right = [option["id"] for option in options if option.pop("right")]
        if len(options) < FEWEST:
            self.rows["options"].add_error(_("Give at least two options."))
        if len({option["text"] for option in options}) < len(options):
            self.rows["options"].add_error(_("Two options say the same."))
        return options, right


class SingleForm(ChoiceForm):
    """One option is right."""

    kind = QuestionKind.SINGLE
    row_sets: ClassVar = {"options": (rows_of(OneOptionRow), 4)}

    def content(self) -> dict[str, Any]:
        options, right = self._options()
        if len(right) != 1:
            self.rows["options"].add_error(_("Mark the one option that is right."))
        return {"options": options, "key": {"option": right[0] if right else ""}}


class MultipleForm(ChoiceForm):
    """Several options may be right."""

    kind = QuestionKind.MULTIPLE
    row_sets: ClassVar = {"options": (rows_of(OptionRow), 5)}

    def content(self) -> dict[str, Any]:
        options, right = self._options()
        if not right:
            self.rows["options"].add_error(_("Mark every option that is right, at least one."))
        return {"options": options, "key": {"options": right}}


class TrueFalseForm(QuestionForm):
    """The statement is true, or it is false."""

    kind = QuestionKind.TRUE_FALSE
    own_fields = ("right",)
    right = forms.ChoiceField(
        label=gettext_lazy("The statement is"),
        choices=[(TRUE, gettext_lazy("true")), (FALSE, gettext_lazy("false"))],
        widget=forms.RadioSelect,
    )

    def fields_from(self, item: Item) -> dict[str, Any]:
        return {"right": item.key.option}

    def content(self) -> dict[str, Any]:
        options = [as_row(entry) for entry in self.before.options] if self.before else TWO_ANSWERS
        return {"options": options, "key": {"option": self.cleaned_data["right"]}}
