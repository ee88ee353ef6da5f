"""An appeal as its person writes it, and as somebody decides it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

LONGEST = 4000


class AppealForm(forms.Form):
    """What somebody holds against a result, and which questions are meant."""

    grounds = forms.CharField(
        label=_("What you hold against the result"),
        help_text=_("Say what was marked wrongly and why; a person reads this and answers. Up to 4,000 characters."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    slots = forms.TypedMultipleChoiceField(
        label=_("Questions that are meant"),
        help_text=_("None, if you mean the result as a whole."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, slots: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slots"].choices = [(slot, str(slot)) for slot in slots]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """The answer to an appeal: upheld with other points, or rejected; with reasons either way."""

    upheld = forms.TypedChoiceField(
        label=pgettext_lazy("of an appeal", "Decision"),
        choices=[("yes", _("Upheld: points change")), ("no", _("Rejected: the result stays"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=_("Reasons"),
        help_text=_("The candidate reads these words."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, marks: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mark in marks:
            given, most = Decimal(mark["points"]), Decimal(mark["of"])
            self.fields[f"points-{mark['slot']}"] = forms.DecimalField(
                label=gettext("Question %(slot)s: points, of %(most)s") % {"slot": mark["slot"], "most": f"{most:f}"},
                min_value=given,
                max_value=most,
                decimal_places=2,
                initial=given,
                required=False,
                widget=forms.NumberInput(attrs={"step": "0.01"}),
            )

    def points(self) -> dict[int, Decimal]:
        """The points that were given, by question."""
        return {
            int(name.removeprefix("points-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("points-") and value is not None
        }
