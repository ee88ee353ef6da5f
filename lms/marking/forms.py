from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.kernel.beijing import BEIJING
from lms.marking.services.rounds import MOST_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lms.accounts.models import User
    from lms.marking.models import MarkingRound

LONGEST_COMMENT = 2000
LONGEST_REASON = 500


class MarkForm(forms.Form):
    """A level for every criterion, and words about the whole."""

    data: QueryDict

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=pgettext_lazy("marks", "Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input", "data-comment": ""}),
        help_text=_("For the lead of the round, and for whoever decides an appeal."),
    )

    def __init__(self, *args: Any, criteria: "Sequence[dict[str, Any]]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [criterion["id"] for criterion in criteria]

    @property
    def levels(self) -> dict[str, str]:
        """The points chosen, by criterion; what nobody asked for is left out."""
        return {name: self.data.get(f"criterion-{name}", "") for name in self.asked}


class DeclineForm(forms.Form):
    """Why somebody cannot judge this script."""

    reason = forms.CharField(
        label=_("What connects you with the person"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text=_("In a few words, without the name: own trainee, relative, colleague, or how you recognised them."),
    )


class DecisionForm(forms.Form):
    """The points of a script that its markers could not settle."""

    points = forms.DecimalField(
        label=pgettext_lazy("marks", "Points"), min_value=Decimal(0), max_digits=6, decimal_places=2
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Criterion by criterion, by the words of the rubric. It is kept with the script for an appeal."),
    )

    def __init__(self, *args: Any, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].help_text = _("Of %(most)s points, in steps of 0.01.") % {"most": f"{most.normalize():f}"}


class BeijingMoment(forms.DateTimeField):
    """A day and an hour by the Beijing clock, whatever clock the server goes by."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(BEIJING).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        return moment and moment.replace(tzinfo=BEIJING)


class RulesForm(forms.Form):
    """What a round declares; rules that are fixed cannot be changed any more."""

    markers_per_script = forms.TypedChoiceField(
        label=_("Markers of a script"),
        coerce=int,
        choices=[(1, _("One")), (2, _("Two, who do not see each other's marks"))],
    )
    gap_percent = forms.DecimalField(
        label=_("Gap that calls for a third marker, in per cent of the points"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
    )
    due_at = BeijingMoment(
        label=_("To be marked by"),
        required=False,
        help_text=_("Beijing time. Markers are reminded two days before, and on the day after."),
    )

    def __init__(self, *args: Any, round: "MarkingRound", fixed: bool, **kwargs: Any) -> None:
        initial = {
            "markers_per_script": round.markers_per_script,
            "gap_percent": f"{round.gap_percent.normalize():f}",
            "due_at": round.due_at,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        for name in ("markers_per_script", "gap_percent") if fixed else ():
            self.fields[name].disabled = True


class MarkerForm(forms.Form):
    """Who is to mark, for which share."""

    user = forms.ChoiceField(label=_("Marker"))
    weight = forms.TypedChoiceField(
        label=_("Share"),
        coerce=int,
        initial=1,
        choices=[(number, number) for number in range(1, MOST_WEIGHT + 1)],
        help_text=_("Somebody with share 2 is given twice as many scripts as somebody with share 1."),
    )

    def __init__(self, *args: Any, people: "Sequence[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        choice = self.fields["user"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- declared above
        choice.choices = [(pk, user.get_full_name()) for pk, user in self.people.items()]

    @property
    def chosen(self) -> "User":
        return self.people[self.cleaned_data["user"]]
