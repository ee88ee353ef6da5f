"""The desk of a trainee: what to go on with, what is next and late, what is missing and why, what changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from certificates.selectors.agenda import agenda_of
from courses.selectors.continuing import item_to_go_on_with, latest_enrolment
from courses.selectors.progress import title_of
from lms.cohorts.selectors.places import place_of
from lms.desks.navigation import address
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import history_of, standing_in
from simulations.selectors.latest import latest_score_of

from .agenda import Agenda, agenda_in
from .growth import competencies, credits_by_month, hours_by_week
from .requirements import Requirement, figure, leaves_of, requirements_of, share_of
from .work import Act, in_beijing

if TYPE_CHECKING:
    from cms.design.charts import LineChart, RadarChart, Sparkline
    from lms.accounts.models import Person
    from lms.cohorts.selectors.places import Place
    from lms.schemes.selectors.standing import NodeStanding, Standing
    from simulations.selectors.latest import LatestScore


@dataclass(frozen=True, slots=True)
class Continue:
    """What to go on with; `item` is empty when everything of the course has been studied."""

    course: str
    item: str
    module: str
    done: int
    total: int
    percent: int
    url: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure against what is required."""

    label: str
    reached: str
    required: str
    percent: int
    met: bool


@dataclass(frozen=True, slots=True)
class LevelDesk:
    """The level that somebody studies for: its map, and its hours and credits against what is asked."""

    code: str
    name: str
    scheme: str
    requirements: tuple[Requirement, ...]
    hours: tuple[Measure, ...]
    credits: Measure | None
    complete: bool


@dataclass(frozen=True, slots=True)
class TraineeDesk:
    """Everything on the desk, in the language now active."""

    going_on: Continue | None
    agenda: Agenda
    place: "Place | None" = None
    week: int = 0
    level: LevelDesk | None = None
    weekly: "LineChart | None" = None
    credits_run: "Sparkline | None" = None
    deal: "LatestScore | None" = None
    skills: "RadarChart | None" = None

    @property
    def act(self) -> Act | None:
        """What to do once the course is studied: what is still missing, or the certificate; nothing before."""
        if self.level is None or self.going_on is None or self.going_on.item:
            return None
        if self.certified:
            title, text = _("You hold the certificate of this level"), self.agenda.held[0].serial
            return Act(title, text, address("certificates:mine"), _("See the certificate"), kicker=self.level.name)
        missing = next((each for each in self.level.requirements if not each.done and each.act_url), None)
        return (
            Act(missing.label, missing.why, missing.act_url, missing.act, kicker=self.level.name) if missing else None
        )

    @property
    def certified(self) -> bool:
        """Whether the certificate of the level is held already."""
        return self.level is not None and any(each.level == self.level.code for each in self.agenda.held)


NOTHING_YET = TraineeDesk(None, Agenda((), (), ()))


def trainee_desk(person: "Person | None", now: datetime) -> TraineeDesk:
    """The desk of `person`, in five queries; a sign-in without a person has an empty one."""
    if person is None:
        return NOTHING_YET
    place, history, today = place_of(person.pk), history_of(person.pk), in_beijing(now)
    level = _level(place, standing_in(history, place.level)) if place else None
    deal = latest_score_of(person.pk)
    return TraineeDesk(
        going_on=_going_on(person),
        agenda=agenda_in(agenda_of(person.pk), place, complete=bool(level and level.complete), now=now),
        place=place,
        week=min(place.week_of(today), place.weeks) if place else 0,
        level=level,
        weekly=hours_by_week(history, today),
        credits_run=credits_by_month(history, today),
        deal=deal,
        skills=competencies(deal),
    )


def _level(place: "Place", stands: "Standing") -> LevelDesk:
    points = leaves_of(stands, FactKind.CONTRIBUTION)
    return LevelDesk(
        code=place.level.code,
        name=place.level_name,
        scheme=place.scheme,
        requirements=requirements_of(stands),
        hours=tuple(_measure(leaf) for leaf in leaves_of(stands, FactKind.CLASS_HOURS)),
        credits=_measure(points[0]) if points else None,
        complete=stands.met and bool(stands.leaves()),
    )


def _going_on(person: "Person") -> Continue | None:
    enrolment = latest_enrolment(person)
    return _continue(enrolment) if enrolment else None


def _continue(enrolment: Any) -> Continue:
    item = item_to_go_on_with(enrolment)
    return Continue(
        course=title_of(enrolment),
        item=item.title if item else "",
        module=str(item.module.label) if item else "",
        done=enrolment.progress.done,
        total=enrolment.progress.total,
        percent=enrolment.progress.percent,
        url=address("courses:continue", enrolment.uid),
    )


def _measure(leaf: "NodeStanding") -> Measure:
    return Measure(leaf.label, figure(leaf, leaf.reached), figure(leaf, leaf.required), share_of(leaf), leaf.met)
