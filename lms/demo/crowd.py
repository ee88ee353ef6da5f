"""`seed_bench`: as many people as a load test wants, on top of the small demonstration.

One scale is 500 people in ten cohorts with 50,000 study intervals, 20 seats of the one exam and 20 played deals.
People, cohorts and study are numbered, so that a larger scale adds to a smaller one and the same scale adds nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from courses.services.crowds import study_as_crowd
from lms.accounts.services.crowds import register_crowd
from lms.cohorts.enums import OrganisationKind
from lms.cohorts.selectors.organisations import cohort_of_base, organisation_by_code
from lms.cohorts.services.cohorts import open_cohort
from lms.cohorts.services.crowds import seat_crowd
from lms.cohorts.services.organisations import create_organisation
from lms.exams.services.seats import assign_seat
from lms.kernel.levels import LevelCode
from lms.schemes.selectors.current import current_version
from simulations.services.rehearsing import rehearse_attempt

from . import cast
from .seeding import COURSE, SCENARIOS, Seeded, seed_demo

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation
    from lms.schemes.models import SchemeVersion

CROWD = "crowd."
COHORTS_A_SCALE, PEOPLE_A_COHORT, PLAYERS_A_COHORT = 10, 50, 2
INTERVALS_EACH = 100
COHORTS_A_BASE, MOST_BASES = 20, 10
WHOLE, BEGUN = 200, 12
STUDIED_AGO = timedelta(days=40)


@dataclass(frozen=True)
class Crowd:
    """What stands after `seed_bench`."""

    people: int
    cohorts: int
    intervals: int
    added_people: int


def email_of(number: int) -> str:
    """The address of the crowd's person with this number, from 0."""
    return f"{CROWD}{number:06}@jiqiao.example"


def seed_bench(*, scale: int, now: datetime) -> Crowd:
    """Bring the installation up to `scale`; refused outside demonstrations. May be killed and run again."""
    seeded = seed_demo(now=now)
    version = current_version(now)
    cohorts = range(scale * COHORTS_A_SCALE)
    added = sum(_cohort(number, seeded, version, now) for number in cohorts)
    people = len(cohorts) * PEOPLE_A_COHORT
    return Crowd(people, len(cohorts), people * INTERVALS_EACH, added)


def _base(number: int, seeded: Seeded, now: datetime) -> "Organisation":
    """The base that runs the cohort with this number: the demonstration's own first, then up to nine more."""
    place = number // COHORTS_A_BASE % MOST_BASES
    if place == 0:
        return seeded.base
    code = f"BN{place:02}"
    return organisation_by_code(code) or create_organisation(
        code=code,
        kind=OrganisationKind.BASE,
        name=f"负载测试基地 {place} 号",
        name_en=f"Load test base {place}",
        city="汾川",
        authority_basis="演示机构，名称与依据均为虚构。",
        now=now,
    )


@transaction.atomic
def _cohort(number: int, seeded: Seeded, version: "SchemeVersion", now: datetime) -> int:
    """Write one cohort, whole or not at all; gives how many people were added."""
    base = _base(number, seeded, now)
    # Ten in the morning in Beijing: whoever fills the installation late at night sends nobody across midnight.
    began = (now - STUDIED_AGO).replace(hour=2, minute=0, second=0, microsecond=0)
    code = f"BENCH-{number:04}"
    first = number * PEOPLE_A_COHORT
    addresses = [email_of(first + each) for each in range(PEOPLE_A_COHORT)]
    if cohort_of_base(base, code):
        return 0
    cohort = open_cohort(
        organisation=base,
        code=code,
        title=f"负载测试班 {number:04}",
        title_en=f"Load test cohort {number:04}",
        level=LevelCode.JUNIOR,
        scheme_version=version,
        starts_on=began.date(),
        ends_on=(now + STUDIED_AGO).date(),
        now=began,
    )
    people = register_crowd(people=_named(addresses), now=began)
    seat_crowd(cohort=cohort, people=people, now=began)
    study_as_crowd(
        people=people, course_code=COURSE, cohort=cohort, organisation=base, intervals=INTERVALS_EACH, now=began
    )
    for number, person in enumerate(people[:PLAYERS_A_COHORT]):
        _sit_and_play(person, base, seeded, now, commands=WHOLE if number == 0 else BEGUN)
    return len(people)


def _named(addresses: list[str]) -> Iterator[tuple[str, str]]:
    for address in addresses:
        yield address, f"测试学员{address.removeprefix(CROWD)[:6]}"


def _sit_and_play(person: "Person", base: "Organisation", seeded: Seeded, now: datetime, *, commands: int) -> None:
    """Admit the person to the exam, and let them play: to the end, or some first commands."""
    assign_seat(exam=seeded.exam, person=person, organisation=base, now=now, exception=cast.SEATED_EARLY)
    rehearse_attempt(
        person=person,
        organisation=base,
        scenario_code=SCENARIOS[LevelCode.JUNIOR][0],
        counted=False,
        policy="average",
        seed=f"jiqiao-crowd:{person.pk}",
        now=now - timedelta(days=3),
        commands=commands,
    )
