"""Forms of the bank desk beside the questions themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.exams.forms.words import Words
from lms.exams.models import QuestionFigure

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_ONLY = {"invalid": _("Small letters, digits and hyphens only, for example price-of-stake.")}


class OrganisationChoice(forms.ModelChoiceField):
    """Organisations by their name in the language now active."""

    def label_from_instance(self, obj: Any) -> str:
        name: str = obj.local_name
        return name


class BankForm(forms.Form):
    """A bank as somebody begins it."""

    organisation = OrganisationChoice(label=_("Kept by"), queryset=None)
    code = forms.RegexField(SLUG, label=_("Code"), max_length=60, error_messages=SLUG_ONLY)
    title = Words(label=_("Title"), max_length=120)
    title_en = Words(label=_("English title"), max_length=160, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    """The text that the questions of a case share."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    ref = forms.RegexField(
        SLUG,
        label=_("Short name"),
        max_length=60,
        error_messages=SLUG_ONLY,
        help_text=_("For you and for files: small letters, digits and hyphens. It stays as it is."),
    )
    title = Words(label=_("Title"), max_length=120)
    title_en = Words(label=_("English title"), max_length=160, required=False)
    text = Words(label=_("Text of the case"), rows=10, max_length=8000)
    text_en = Words(label=_("Text in English"), rows=10, max_length=12000, required=False)
    figures = forms.MultipleChoiceField(label=_("Pictures"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, figures: list[QuestionFigure], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figures"].choices = [(str(each.uid), each.alt) for each in figures]  # type: ignore[attr-defined]
        if not figures:
            del self.fields["figures"]
        if not is_new:
            del self.fields["ref"]

    def body(self) -> dict[str, Any]:
        """The words of the case, without empty twins."""
        words = {name: self.cleaned_data[name] for name in ("title", "title_en", "text", "text_en")}
        return {**words, "figures": self.cleaned_data.get("figures", [])}


class FigureForm(forms.Form):
    """A picture with its words."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, at most 5 MB. It is drawn anew: whatever else is in the file is left out."),
    )
    alt = Words(
        label=_("What the picture shows"),
        max_length=400,
        help_text=_("In words that let somebody who cannot see it answer the question."),
    )
    alt_en = Words(label=_("What the picture shows, in English"), max_length=400, required=False)


class LawForm(forms.Form):
    """A legal text that is not in the list yet."""

    code = forms.RegexField(SLUG, label=_("Code"), max_length=20, error_messages=SLUG_ONLY)
    title = Words(label=_("Title"), max_length=160)
    title_en = Words(label=_("English title"), max_length=200, required=False)


class WordingForm(forms.Form):
    """A wording that is in force from a day."""

    in_force_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = Words(label=_("What changed"), max_length=400, required=False, rows=2)
    source = Words(label=_("Source"), max_length=300)


class ReasonForm(forms.Form):
    """Why a version goes back or out of use."""

    reason = Words(label=_("Reason"), max_length=1000, rows=3, required=False)
