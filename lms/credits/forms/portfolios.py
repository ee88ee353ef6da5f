"""Forms of a portfolio: beginning one, writing it, and the registrar's list."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.credits.selectors.portfolios import places_for, portfolio_rules
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lms.accounts.models import Person
    from lms.credits.models import Claim, Portfolio
    from lms.schemes.models import Level

LONGEST_WORDS = 500


class PlaceChoice(forms.ModelChoiceField):
    """Organisations by their name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.local_name)


class BeginPortfolioForm(forms.Form):
    """What every portfolio begins with."""

    level = forms.ChoiceField(label=_("Level"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Your work in one line, without your name."))
    organisation = PlaceChoice(
        label=_("Put forward to"), queryset=None, help_text=_("Its experts judge the work, its registrar the papers.")
    )

    def __init__(self, *args: Any, person: "Person", levels: "Iterable[Level]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["level"]).choices = [(level.code, level.local_name) for level in levels]
        choice = cast("forms.ModelChoiceField", self.fields["organisation"])
        choice.queryset = places_for(person)
        places = list(choice.queryset[:2])
        if len(places) == 1:
            self.initial.setdefault("organisation", places[0])
            choice.empty_label = None

    def clean_level(self) -> LevelCode:
        return LevelCode(self.cleaned_data["level"])


class PortfolioForm(forms.Form):
    """A portfolio: its overview, and for each confirmed claim whether it stands in it and what it is to show."""

    title = forms.CharField(label=_("Title"), max_length=120)
    overview = forms.CharField(
        label=_("Overview"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 12})
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, portfolio: "Portfolio", claims: "Sequence[Claim]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        span = portfolio_rules().overview
        self.fields["overview"].help_text = _(
            "%(least)s to %(most)s characters: which deals, what was hard, what you did yourself, what came of it. "
            "Leave your name out; experts judge without it."
        ) % {"least": span.least, "most": span.most}
        self.claims = list(claims)
        for claim in self.claims:
            self.fields[f"piece-{claim.pk}"] = forms.BooleanField(label=claim.title, required=False)
            self.fields[f"words-{claim.pk}"] = forms.CharField(
                label=_("What it shows"),
                required=False,
                max_length=LONGEST_WORDS,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @staticmethod
    def initial_of(portfolio: "Portfolio") -> dict[str, Any]:
        """What the form begins with."""
        said: dict[str, Any] = {
            "title": portfolio.title,
            "overview": portfolio.overview,
            "revision": portfolio.revision,
        }
        for piece in portfolio.pieces.all():
            said |= {f"piece-{piece.claim_id}": True, f"words-{piece.claim_id}": piece.words}
        return said

    @property
    def rows(self) -> "list[tuple[Claim, forms.BoundField, forms.BoundField]]":
        """Each claim with its two fields."""
        return [(claim, self[f"piece-{claim.pk}"], self[f"words-{claim.pk}"]) for claim in self.claims]

    @property
    def pieces(self) -> dict[int, str]:
        """The chosen claims in the order of the page, each with its words."""
        said = self.cleaned_data
        return {claim.pk: said.get(f"words-{claim.pk}", "") for claim in self.claims if said.get(f"piece-{claim.pk}")}


class RegistrarForm(forms.Form):
    """What the registrar found in order, and why a portfolio goes back or is not recognised."""

    checked = forms.MultipleChoiceField(
        label=_("In order"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you have seen."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For sending it back, or not recognising it; the person reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        cast("forms.MultipleChoiceField", self.fields["checked"]).choices = [
            (check.id, check.title_en if english else check.title) for check in portfolio_rules().registrar
        ]
