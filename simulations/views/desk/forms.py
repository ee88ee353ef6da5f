"""What the desk is asked by its forms: clean input, nothing saved."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.kernel.beijing import BEIJING
from simulations.enums import LEVEL_NAMES, Difficulty, VersionState
from simulations.models import ScenarioVersion
from simulations.selectors.assignments import cohorts_to_set
from simulations.selectors.scenarios import engine_language, playable_scenarios

if TYPE_CHECKING:
    from lms.accounts.models import User

LONGEST = 4000
MOST_ATTEMPTS, MOST_MINUTES = 20, 14_400


class Moment(forms.DateTimeField):
    """A day and a time by the Beijing clock."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(BEIJING).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(BEIJING):
            return super().to_python(value)


class TermsForm(forms.Form):
    """When a class may play, how often and how hard; every moment by the Beijing clock."""

    opens_at = Moment(label=_("Opens, Beijing time"))
    closes_at = Moment(
        label=_("Closes, Beijing time"),
        help_text=_("Whoever is still playing then is closed as they stand; what was reached counts."),
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts of each person"), min_value=1, max_value=MOST_ATTEMPTS, initial=2
    )
    minutes_each = forms.IntegerField(
        label=_("Minutes for one attempt"),
        min_value=10,
        max_value=MOST_MINUTES,
        required=False,
        help_text=_("Empty: only the window ends an attempt. Whichever comes first counts, and is shown."),
    )
    difficulty = forms.ChoiceField(
        label=pgettext_lazy("simulation", "Difficulty"),
        choices=Difficulty.choices,
        initial=Difficulty.STANDARD,
        help_text=_("Harder: the other sides confide later and want more. The same for the whole class."),
    )
    note = forms.CharField(
        label=_("Note for the class"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the briefing: what to prepare, what will be discussed."),
    )


class AssignForm(TermsForm):
    """A scenario for a cohort."""

    scenario = forms.ModelChoiceField(label=_("Scenario"), queryset=ScenarioVersion.objects.none(), empty_label=None)
    cohort: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Cohort"), queryset=None, empty_label=None)
    counted = forms.TypedChoiceField(
        label=_("What it is for"),
        choices=[("no", _("Practice: scored the same, counts for nothing")), ("yes", _("Counts for the level"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    field_order = ("cohort", "scenario", "counted", "opens_at", "closes_at", "attempts_allowed")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scenario, cohort = self.fields["scenario"], self.fields["cohort"]
        scenario.queryset = playable_scenarios()  # type: ignore[attr-defined]
        scenario.label_from_instance = scenario_label  # type: ignore[attr-defined]
        cohort.queryset = cohorts_to_set(user)  # type: ignore[attr-defined]
        cohort.label_from_instance = lambda row: f"{row.local_title} · {row.code}"  # type: ignore[attr-defined]


def scenario_label(version: ScenarioVersion) -> str:
    """A scenario as a choice: level, title, and whether it may count yet."""
    title = version.title if engine_language() == "zh" else version.title_en
    words = f"{LEVEL_NAMES[version.level]} · {title}"
    return words if version.state == VersionState.APPROVED else f"{words} · {_('practice only so far')}"


class ChangeForm(TermsForm):
    """Other terms for an assignment, with the reason once it is open."""

    reason = forms.CharField(
        label=_("Reason of the change"),
        max_length=400,
        required=False,
        help_text=_("Asked for once the window is open; it stays on record."),
    )


class ReasonForm(forms.Form):
    """Why something is closed or turned down."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(forms.Form):
    """A remark at a moment."""

    at = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Your comment on this moment"),
        help_text=_("The trainee is told, and reads it in the debrief."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PointsForm(forms.Form):
    """Points for items of a score, each within what its item can give; those left empty stay."""

    def __init__(self, *args: Any, items: Sequence[dict[str, Any]], only_up: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {f"points-{number}": item for number, item in enumerate(items)}
        for name, item in self.items.items():
            least = Decimal(item["points"]) if only_up else Decimal(0)
            self.fields[name] = forms.DecimalField(
                label=item["text"][engine_language()],
                min_value=least,
                max_value=Decimal(item["max"]),
                decimal_places=2,
                required=False,
                widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
            )

    def points(self) -> dict[str, Decimal]:
        """The points that were entered, by item."""
        entered = ((item["id"], self.cleaned_data.get(name)) for name, item in self.items.items())
        return {item: given for item, given in entered if given is not None}

    @property
    def rows(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        """Every item with its field."""
        return [(item, self[name]) for name, item in self.items.items()]


class OverrideForm(PointsForm):
    """Other points, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The trainee reads it beside both scores; a second person decides by it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealDecisionForm(PointsForm):
    """The answer to an appeal: points that rise, or none, and the reasons either way."""

    explanation = forms.CharField(
        label=_("Reasons"),
        help_text=_("Whoever appealed reads these words."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AppealForm(forms.Form):
    """What somebody holds against a score, and which items are meant."""

    grounds = forms.CharField(
        label=_("What you hold against the score"),
        help_text=_("Say what was judged wrongly and why; a person reads this and answers. Up to 4,000 characters."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    items = forms.MultipleChoiceField(
        label=_("Items that are meant"),
        help_text=_("None, if you mean the score as a whole."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, lines: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = engine_language()
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (line["id"], f"{line['text'][lang]} ({line['points']} / {line['max']})") for line in lines
        ]


class RescoreForm(forms.Form):
    """Which edition's attempts are scored by which corrected edition, at which base, and why."""

    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Training base"), queryset=None, empty_label=None
    )
    version = forms.ModelChoiceField(
        label=_("Edition that was played"), queryset=ScenarioVersion.objects.none(), empty_label=None
    )
    corrected = forms.ModelChoiceField(
        label=_("Corrected edition"),
        queryset=ScenarioVersion.objects.none(),
        empty_label=None,
        help_text=_("It may differ in the rubric, its weights and caps, and in nothing that can happen in the case."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody whose score changes reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, choices: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        for name in ("version", "corrected"):
            self.fields[name].label_from_instance = edition_label  # type: ignore[attr-defined]


def edition_label(version: ScenarioVersion) -> str:
    """An edition as a choice."""
    title = version.title if engine_language() == "zh" else version.title_en
    return f"{title} · {version.version}"
