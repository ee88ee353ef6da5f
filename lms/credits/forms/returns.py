from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.credits.services.returns import AMOUNTS, LONGEST_NAME, LONGEST_TEXT, PIECES, TEXTS, amount_of, pieces_of
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lms.cohorts.models import Organisation
    from lms.credits.selectors.returns import Json

LEVELS = [
    ("", pgettext_lazy("level held", "None yet")),
    ("junior", _("Junior")),
    ("intermediate", _("Intermediate")),
    ("senior", _("Senior")),
]
AMOUNT_OF = "amount_"


class AmountField(forms.CharField):
    """An amount of money in plain figures; what is no such thing is told in the words of the service."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, **options)
        self.widget.attrs.update({"inputmode": "decimal"})

    def clean(self, value: Any) -> str:
        return _said(amount_of, super().clean(value))


class PiecesField(forms.CharField):
    """A whole number of pieces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=20, **options)
        self.widget.attrs.update({"inputmode": "numeric"})

    def clean(self, value: Any) -> int:
        return _said(pieces_of, super().clean(value))


def _said(read: Any, value: str) -> Any:
    try:
        return read(value)
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class BeginReturnForm(forms.Form):
    """Which year, and for whom."""

    def __init__(
        self, *args: Any, years: "Sequence[int]", organisations: "Sequence[Organisation]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), choices=[(year, str(year)) for year in years], coerce=int
        )
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Organisation that receives it"), choices=[(each.code, each.local_name) for each in organisations]
        )


class ReturnForm(forms.Form):
    """What is completed by hand; what comes from the ledger is shown beside it and cannot be typed over."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    employer = forms.CharField(label=_("Where you work"), max_length=LONGEST_NAME, required=False)
    post = forms.CharField(label=_("Your post or title"), max_length=LONGEST_NAME, required=False)
    level = forms.ChoiceField(label=_("Level held"), choices=LEVELS, required=False)
    benefit = AmountField(
        label=_("Economic benefit, yuan"),
        help_text=_("What the work brought to the parties in the year, as far as it can be shown; otherwise 0."),
    )
    achievements_count = PiecesField(label=_("Achievements brought about, pieces"))
    achievements_amount = AmountField(label=_("Achievements brought about, yuan"))
    events = PiecesField(label=_("Training and promotion events, pieces"))
    events_told = forms.CharField(
        label=_("Events in a few sentences"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cases = forms.CharField(
        label=_("Typical cases"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    consent = forms.BooleanField(
        label=_("The organisation may read this return and add it up with others."), required=False
    )

    def __init__(self, *args: Any, data_of: "Json", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in data_of["achievements"]:
            self.fields[f"{AMOUNT_OF}{row['claim']}"] = AmountField(
                label=_("Amount of “%(name)s”, yuan") % {"name": row["name"]}, initial=row["amount"]
            )
        self.order_fields(
            [
                name
                for name in self.fields
                if not name.startswith(AMOUNT_OF) and name not in ("events_told", "cases", "consent")
            ]
            + [name for name in self.fields if name.startswith(AMOUNT_OF)]
        )

    @property
    def said(self) -> "Json":
        """What was typed, in the words of the service."""
        data = self.cleaned_data
        amounts = {name.removeprefix(AMOUNT_OF): value for name, value in data.items() if name.startswith(AMOUNT_OF)}
        kept = {name: data[name] for name in (*AMOUNTS, *PIECES, *TEXTS, "level", "consent")}
        return {**kept, "amounts": amounts}


def initial_of(data: "Json", revision: int) -> "Json":
    """What the form begins with."""
    texts = {name: data[name] for name in (*TEXTS, "level", "consent")}
    return {**texts, **{name: data["figures"][name] for name in (*AMOUNTS, *PIECES)}, "revision": revision}
