"""`seed_demo`: the same small world each time, made by the verbs that real people use; a second run changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cms.pages.services.loading import load_site
from courses.services.loading import load_course
from lms.accounts.selectors.users import user_by_mail
from lms.accounts.services.people import register_person
from lms.accounts.services.users import let_edit_the_site
from lms.cohorts.selectors.organisations import cohort_of_base, organisation_by_code
from lms.cohorts.services.cohorts import add_member, open_cohort
from lms.cohorts.services.grants import grant_role
from lms.cohorts.services.organisations import create_organisation
from lms.credits.services.rules import publish_shipped_rules
from lms.exams.services.laws import load_laws
from lms.exams.services.seats import assign_seat
from lms.exams.services.statistics import compute_statistics
from lms.kernel.demo import is_demo
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import NotAllowed
from lms.schemes.selectors.current import current_version
from lms.schemes.services.loading import load_scheme
from simulations.services.scenarios import publish_library

from . import cast
from .classes import PILOT
from .crediting import earn_credits, fill_the_board
from .doing import Scene
from .drafting import leave_a_draft
from .marked import have_essays_marked
from .offers import offer
from .populating import begin_telling, populate
from .population import CAST_COHORT as COHORT
from .population import WRITERS
from .practising import practise
from .recognising import draft_own_rules, put_work_forward
from .rewarding import keep_rewards
from .sittings import AUTUMN, CORE, JUNIOR, Offer, hold_exam
from .talking import let_them_talk

if TYPE_CHECKING:
    from courses.models import Course
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Cohort, Organisation
    from lms.exams.models import Exam
    from lms.schemes.models import SchemeVersion

COURSES = {
    LevelCode.JUNIOR: "jtb-foundations",
    LevelCode.INTERMEDIATE: "itb-practice",
    LevelCode.SENIOR: "stm-deals",
}
COURSE = COURSES[LevelCode.JUNIOR]
SCHEMES = ("ttm-2026-1", "ttm-2026-2", "ttm-2026-3", "ttm-2026-4")
EXAM = "junior-2026-autumn"
SCENARIOS = {
    LevelCode.JUNIOR: ("d-01-gas-heater", "d-02-tall-hall", "d-03-market-gap"),
    LevelCode.INTERMEDIATE: ("d-04-milestones", "d-06-use-first", "d-12-proof-or-pilot", "w-01-last-signature"),
    LevelCode.SENIOR: ("d-09-platinum-spinoff", "d-10-finnish-water", "d-16-sleeping-patent"),
}
# The demonstration has been running for a while: whoever works in it had their role before the first story.
RUNNING_FOR = timedelta(days=60)
RULES_SINCE = timedelta(days=330)
OPENED_BEFORE = timedelta(days=5 * 365)


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


def _earlier_exams(base: "Organisation", version: "SchemeVersion", now: datetime) -> dict[str, "Exam"]:
    """The exams that people of a populated demonstration sat before this one."""
    pilot, spring = now - timedelta(days=1400), now - timedelta(days=170)
    return {
        "pilot": hold_exam(
            f"junior-{pilot.year}-pilot",
            base,
            load_scheme(PILOT, now=now - OPENED_BEFORE),
            Offer(
                f"初级技术经纪人 {pilot.year} 年试点考试",
                f"Junior technology broker, pilot exam {pilot.year}",
                timedelta(days=60),
            ),
            CORE,
            pilot,
        ),
        "spring": hold_exam(
            f"junior-{spring.year}-{spring.month:02}",
            base,
            version,
            Offer(
                f"初级技术经纪人 {spring.year} 年 {spring.month} 月考试",
                f"Junior technology broker, exam of {spring:%B %Y}",
                timedelta(days=60),
            ),
            JUNIOR,
            spring,
        ),
    }


def logins(*, populated: bool = False) -> list[dict[str, str]]:
    """Who can sign in to the demonstration, as `build/run.json` names them; of each role the first is the main one."""
    further = [("certificate-holder", cast.HOLDER.email), ("sitting", cast.SITTING.email)] if populated else []
    roles = [(actor.role.value if actor.role else "staff", actor.email) for actor in cast.DESKS]
    special = [("reviewer", cast.REVIEWER.email), ("two-roles", cast.TWO_HATS.email), ("newcomer", cast.NEWCOMER.email)]
    everybody = [("trainee", cast.TRAINEE.email), *roles, *special, *further]
    return [{"role": role, "email": email, "password": cast.PASSWORD} for role, email in everybody]


def seed_demo(*, now: datetime, people: int = 0) -> Seeded:
    """Fill an installation with the demonstration, and with `people` people if asked; refused where real people are."""
    if not is_demo():
        raise NotADemonstration
    opened, began = now - OPENED_BEFORE, now - RUNNING_FOR
    bodies = {body.code: _organisation(body, opened) for body in cast.BODIES}
    base = bodies[cast.BASE.code]
    for name in SCHEMES:
        load_scheme(name, now=now - RULES_SINCE)
    version = current_version(began)
    for actor in cast.ACTORS:
        _actor(actor, opened)
    courses = {level: load_course(code, base, now - RULES_SINCE).course for level, code in COURSES.items()}
    publish_library(now=opened)
    load_site(now=now)
    leave_a_draft(now=now)
    cohort = _cohort(base, version, began)
    load_laws(now=opened)
    exam = hold_exam(EXAM, base, version, AUTUMN, JUNIOR, began)
    for learner in cast.LEARNERS:
        person = enlist(learner, cohort, began)
        if learner is not cast.NEWCOMER:
            assign_seat(exam=exam, person=person, organisation=base, now=began, exception=cast.SEATED_EARLY)
    offer(courses=courses, now=now)
    practise(now=now)
    publish_shipped_rules(now=opened)
    earn_credits(base=base, now=now)
    put_work_forward(base=base, now=now)
    draft_own_rules(base=base, now=now)
    keep_rewards(now=now)
    if people:
        anchor = begin_telling(people=people, now=now)
        earlier = _earlier_exams(base, version, anchor)
        populate(people=people, scene=_scene(base, courses, {"autumn": exam, **earlier}), anchor=anchor)
        let_them_talk(now=anchor)
        fill_the_board(base=base, now=anchor)
        for each in (exam, *earlier.values()):
            compute_statistics(exam_id=each.pk, now=anchor)
        have_essays_marked(base=base, version=version, cohort_code=WRITERS.code_at(anchor), now=anchor)
    return Seeded(base, cohort, exam, logins(populated=bool(people)))


def _scene(base: "Organisation", courses: dict[LevelCode, "Course"], exams: dict[str, "Exam"]) -> Scene:
    manager, certifier = user_by_mail(cast.MANAGER.email), user_by_mail(cast.CERTIFIER.email)
    if manager is None or certifier is None:
        raise LookupError("the cast is missing")
    return Scene(base=base, courses=courses, scenarios=SCENARIOS, exams=exams, manager=manager, certifier=certifier)
