"""`seed_demo`: the same small world each time, made by the verbs that real people use; a second run changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from courses.services.loading import load_course
from lms.accounts.selectors.users import user_by_mail
from lms.accounts.services.people import register_person
from lms.accounts.services.users import let_edit_the_site
from lms.cohorts.selectors.organisations import cohort_of_base, organisation_by_code
from lms.cohorts.services.cohorts import add_member, open_cohort
from lms.cohorts.services.grants import grant_role
from lms.cohorts.services.organisations import create_organisation
from lms.exams.services.loading import load_bank
from lms.exams.services.opening import open_exam
from lms.exams.services.seats import assign_seat
from lms.kernel.demo import is_demo
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import NotAllowed
from lms.schemes.services.loading import load_scheme
from simulations.services.scenarios import publish_scenario

from . import cast

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Cohort, Organisation
    from lms.exams.models import Exam
    from lms.schemes.models import SchemeVersion

COHORT = "JTB-2026-A"
COURSE = "jtb-foundations"
EXAM = "junior-2026-autumn"
SCENARIO = "d-01-gas-heater"
# The demonstration has been running for a while: whoever works in it had their role before the first story.
RUNNING_FOR = timedelta(days=60)


class NotADemonstration(NotAllowed):
    """Invented people are never mixed with real ones."""

    code = "not-a-demonstration"
    message = "This installation is no demonstration; set JIQIAO_DEMO=1 to fill it with invented people."


@dataclass(frozen=True)
class Seeded:
    """What the demonstration consists of, and how to sign in to it."""

    base: "Organisation"
    cohort: "Cohort"
    exam: "Exam"
    logins: list[dict[str, str]]


def _organisation(body: cast.Body, now: datetime) -> "Organisation":
    there = organisation_by_code(body.code)
    if there:
        return there
    return create_organisation(
        code=body.code,
        kind=body.kind,
        name=body.name,
        name_en=body.name_en,
        city=body.city,
        parent=organisation_by_code(body.parent) if body.parent else None,
        authority_basis="演示机构，名称与依据均为虚构。",
        now=now,
    )


def _user(email: str, name: str, latin_name: str, now: datetime) -> "User":
    there = user_by_mail(email)
    if there:
        return there
    register_person(email=email, real_name=name, latin_name=latin_name, password=cast.PASSWORD, now=now)
    return user_by_mail(email) or _user(email, name, latin_name, now)


def _actor(actor: cast.Actor, now: datetime) -> None:
    user = _user(actor.email, actor.name, actor.latin_name, now)
    organisation = organisation_by_code(actor.organisation)
    if actor.role and organisation:
        grant_role(user=user, organisation=organisation, role=actor.role, now=now)
    if actor.edits_site:
        let_edit_the_site(user=user, actor="system", now=now)


def enlist(learner: cast.Learner, cohort: "Cohort", now: datetime) -> "Person":
    """Register the learner with a demonstration identity, and give them a place in the cohort."""
    user = user_by_mail(learner.email)
    person = (
        user.person
        if user
        else register_person(
            email=learner.email,
            real_name=learner.name,
            latin_name=learner.latin_name,
            identity_number=learner.identity_number,
            password=cast.PASSWORD,
            now=now,
        )
    )
    add_member(cohort=cohort, person=person, employer=learner.employer, now=now)
    return person


def _cohort(base: "Organisation", version: "SchemeVersion", now: datetime) -> "Cohort":
    return cohort_of_base(base, COHORT) or open_cohort(
        organisation=base,
        code=COHORT,
        title="初级技术经纪人 2026 秋季班",
        title_en="Junior technology brokers, autumn 2026",
        level=LevelCode.JUNIOR,
        scheme_version=version,
        starts_on=now.date(),
        ends_on=(now + 2 * RUNNING_FOR).date(),
        now=now,
    )


def _exam(base: "Organisation", version: "SchemeVersion", now: datetime) -> "Exam":
    bank = load_bank("junior-core", organisation=base, now=now)
    return open_exam(
        code=EXAM,
        organisation=base,
        scheme_version=version,
        bank=bank,
        level=LevelCode.JUNIOR,
        title="初级技术经纪人 2026 秋季考试",
        title_en="Junior technology broker, autumn exam 2026",
        opens_at=now,
        closes_at=now + timedelta(days=365),
        minutes=30,
        pass_percent=60,
        lines=[
            {"kind": "single", "count": 6, "points": 8},
            {"kind": "multiple", "count": 2, "points": 10},
            {"kind": "true-false", "count": 2, "points": 6},
            {"kind": "numeric", "count": 2, "points": 10},
        ],
        mode="online-unproctored",
        now=now,
    )


def logins() -> list[dict[str, str]]:
    """Who can sign in to the demonstration, as `build/run.json` names them."""
    roles = [(actor.role.value if actor.role else "staff", actor.email) for actor in cast.ACTORS]
    everybody = [("trainee", cast.TRAINEE.email), *roles]
    return [{"role": role, "email": email, "password": cast.PASSWORD} for role, email in everybody]


def seed_demo(*, now: datetime) -> Seeded:
    """Fill an installation with the demonstration; refused where real people are."""
    if not is_demo():
        raise NotADemonstration
    now -= RUNNING_FOR
    bodies = {body.code: _organisation(body, now) for body in cast.BODIES}
    base = bodies[cast.BASE.code]
    version = load_scheme("ttm-2026-1", now=now)
    for actor in cast.ACTORS:
        _actor(actor, now)
    cohort = _cohort(base, version, now)
    people = [enlist(learner, cohort, now) for learner in cast.LEARNERS]
    load_course(COURSE, base, now)
    exam = _exam(base, version, now)
    for person in people:
        assign_seat(exam=exam, person=person, organisation=base, now=now)
    publish_scenario(code=SCENARIO, now=now)
    return Seeded(base, cohort, exam, logins())
