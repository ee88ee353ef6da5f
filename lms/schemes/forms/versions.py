"""A draft's own facts and its study rules."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import ValidationError

from lms.schemes.selectors.study_rules import STUDY_RULE_LABELS
from lms.schemes.validators import parse_study_rules

SPEEDS = ("reading_speed", "video_speed", "audio_speed")
# Smallest and largest figure of each rule, as lms.schemes.validators.StudyRules has them.
SPANS = {
    "lease_s": (30, 60),
    "daily_minutes": (15, 1440),
    "presence_from_s": (60, 7200),
    "presence_to_s": (60, 7200),
    "presence_answer_s": (60, 600),
    "late_hours": (1, 720),
    "minutes_per_class_hour": (30, 60),
}


class RevisionForm(forms.Form):
    """The revision of the draft that the page showed; every change names it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DraftForm(forms.Form):
    """The number of a new version; the year's next if it is left out."""

    number = forms.RegexField(
        r"^\d{4}\.\d{1,3}$",
        label=_("Number of the new version"),
        required=False,
        help_text=_("Left empty, it is the next number of the year."),
        error_messages={"invalid": _("A version number is a year and a counter, such as 2027.1.")},
    )


class VersionForm(RevisionForm):
    """Title, first day, basis, and why the rules change."""

    title = forms.CharField(label=_("Chinese title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=160)
    effective_from = forms.DateField(
        label=pgettext_lazy("of a version", "First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("By the Beijing calendar. Publishing needs a day still to come."),
    )
    basis = forms.CharField(label=_("Basis (Chinese)"), widget=forms.Textarea(attrs={"rows": 3}))
    basis_en = forms.CharField(label=_("Basis (English)"), widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label=_("Why the rules change"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Kept with the version and in the audit book."),
    )


class StudyRulesForm(RevisionForm):
    """How study is measured."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, lazy in STUDY_RULE_LABELS.items():
            label = str(lazy)
            if name in SPEEDS:
                self.fields[name] = forms.DecimalField(
                    label=label, min_value=Decimal("0.25"), max_value=4, max_digits=4, decimal_places=2
                )
            else:
                least, most = SPANS[name]
                self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("presence_from_s"), cleaned.get("presence_to_s")
        if first and last and last < first:
            self.add_error("presence_to_s", _("The longest time must not be shorter than the shortest."))
        if not self.errors:
            try:
                parse_study_rules(self.rules())
            except ValidationError as error:
                raise forms.ValidationError(_("These study rules do not fit together.")) from error
        return cleaned

    def rules(self) -> dict[str, Any]:
        """The rules alone."""
        return {name: self.cleaned_data[name] for name in STUDY_RULE_LABELS}
