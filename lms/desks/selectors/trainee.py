"""The desk of a trainee: what to go on with, what is missing and why, and what is there already."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from courses.selectors.progress import enrolments_of, next_item, title_of
from lms.cohorts.selectors.cohorts import current_membership
from lms.desks.navigation import address
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import level_of
from lms.schemes.selectors.standing import standing

from .requirements import Requirement, figure, leaves_of, requirements_of, share_of

if TYPE_CHECKING:
    from courses.models import Enrolment
    from lms.accounts.models import Person
    from lms.cohorts.models import Cohort
    from lms.schemes.selectors.standing import NodeStanding


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
class TraineeDesk:
    """Everything on the desk, in the language now active."""

    cohort: str
    base: str
    level_code: str
    level: str
    scheme: str
    going_on: Continue | None
    requirements: tuple[Requirement, ...]
    hours: tuple[Measure, ...]
    credits: Measure | None
    complete: bool

    @property
    def next_steps(self) -> tuple[Requirement, ...]:
        """What is missing and can be worked on, in the order of the scheme."""
        return tuple(each for each in self.requirements if not each.done and each.act_url)


NOTHING_YET = TraineeDesk("", "", "", "", "", None, (), (), None, complete=False)


def trainee_desk(person: "Person | None") -> TraineeDesk:
    """The desk of `person`, in six queries; a sign-in without a person has an empty one."""
    if person is None:
        return NOTHING_YET
    membership = current_membership(person.pk)
    going_on = _going_on(person)
    if membership is None:
        return TraineeDesk("", "", "", "", "", going_on, (), (), None, complete=False)
    return _desk_in(membership.cohort, person, going_on)


def _desk_in(cohort: "Cohort", person: "Person", going_on: Continue | None) -> TraineeDesk:
    level = level_of(cohort.scheme_version, cohort.level)
    stands = standing(person_id=person.pk, level=level)
    english = get_language() == "en"
    points = leaves_of(stands, FactKind.CONTRIBUTION)
    return TraineeDesk(
        cohort=cohort.title_en if english and cohort.title_en else cohort.title,
        base=cohort.organisation.name_en if english else cohort.organisation.name,
        level_code=level.code,
        level=level.name_en if english else level.name,
        scheme=cohort.scheme_version.title_en if english else cohort.scheme_version.title,
        going_on=going_on,
        requirements=requirements_of(stands),
        hours=tuple(_measure(leaf) for leaf in leaves_of(stands, FactKind.CLASS_HOURS)),
        credits=_measure(points[0]) if points else None,
        complete=stands.met and bool(stands.leaves()),
    )


def _going_on(person: "Person") -> Continue | None:
    enrolment = enrolments_of(person).first()
    return _continue(enrolment) if enrolment else None


def _continue(enrolment: "Enrolment") -> Continue:
    item = next_item(enrolment)
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
