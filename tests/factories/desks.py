"""A training base full of people, written in bulk: what a desk costs must not grow with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from certificates.models import Certificate, Decision, StatusList, VerificationLog
from courses.models import Course, Enrolment
from courses.models.progress import EnrolmentProgress
from lms.accounts.models import Person, User
from lms.cohorts.models import Cohort, Membership, Organisation
from lms.credits.models import HourLine
from lms.exams.models import Attempt, Exam, Result, Seat
from lms.exams.services.seats import assign_seat
from lms.mailing.models import Notice
from lms.schemes.models import RequirementFact
from tests.conftest import NOON

from .accounts import BEGINNING, PersonFactory, UserFactory
from .certificates import small_level
from .cohorts import CohortFactory
from .courses import published_course
from .exams import ExamFactory

COHORTS = 4


@dataclass
class Crowd:
    """A base with its cohorts and everybody in them, at every stage."""

    base: Organisation
    cohorts: list[Cohort]
    people: list[Person]
    exam: Exam
    course: Course


def crowd(base: Organisation, number: int, *, now: datetime = NOON) -> Crowd:
    """`number` people of `base`, a third of them certified, every fourth of them silent for weeks."""
    cohorts = [CohortFactory(organisation=base, title=f"初级第 {n} 班") for n in range(COHORTS)]
    for cohort in cohorts:
        small_level(cohort)
    people = _people(base, number)
    Membership.objects.bulk_create(
        Membership(cohort=cohorts[n % COHORTS], person=person, joined_at=BEGINNING) for n, person in enumerate(people)
    )
    exam, course = ExamFactory(organisation=base), published_course(organisation=base)
    made = Crowd(base, cohorts, people, exam, course)
    _study(made, now)
    _facts(made)
    _sit(made, now)
    _certify(made)
    return made


def _people(base: Organisation, number: int) -> list[Person]:
    users = User.objects.bulk_create(User(email=f"{base.code}-{n}@jiqiao.example", password="!") for n in range(number))
    return Person.objects.bulk_create(
        Person(user=user, real_name=f"学员{n}", created_at=BEGINNING) for n, user in enumerate(users)
    )


def _study(made: Crowd, now: datetime) -> None:
    version = made.course.current_version
    taken = Enrolment.objects.bulk_create(
        Enrolment(
            person=person,
            course=made.course,
            course_version=version,
            cohort=made.cohorts[n % COHORTS],
            organisation=made.base,
            enrolled_at=BEGINNING,
        )
        for n, person in enumerate(made.people)
    )
    EnrolmentProgress.objects.bulk_create(
        EnrolmentProgress(
            enrolment=enrolment,
            total=2,
            declared_s=240,
            percent=50,
            last_at=now - timedelta(days=20 if n % 4 == 0 else 1),
        )
        for n, enrolment in enumerate(taken)
    )


def _facts(made: Crowd) -> None:
    """Everybody but each fifth has hours, each second an exam and a simulation."""
    facts: list[RequirementFact] = []
    lines: list[HourLine] = []
    for n, person in enumerate(made.people):
        if n % 5:
            facts.append(_fact(person, "class-hours", "public-knowledge", "1.20"))
            lines.append(_line(person, made.base, n))
        if n % 2:
            facts.append(_fact(person, "exam", "junior", "75"))
            facts.append(_fact(person, "simulation", "d-01-gas-heater", "82"))
    RequirementFact.objects.bulk_create(facts)
    HourLine.objects.bulk_create(lines)


def _fact(person: Person, kind: str, ref: str, value: str) -> RequirementFact:
    return RequirementFact(
        person=person,
        kind=kind,
        ref=ref,
        value=Decimal(value),
        source=f"crowd:{person.pk}:{kind}",
        occurred_at=NOON - timedelta(days=9),
        recorded_at=NOON - timedelta(days=9),
    )


def _line(person: Person, base: Organisation, n: int) -> HourLine:
    """A line outside a chain, which no audit would let pass: only how many there are matters here."""
    return HourLine(
        person=person,
        organisation=base,
        seq=1,
        source=f"crowd:{person.pk}",
        rule_version="1",
        occurred_at=NOON - timedelta(days=n % 60),
        occurred_on=(NOON - timedelta(days=n % 60)).date(),
        recorded_at=NOON,
        previous_hash="",
        hash=f"{person.pk:064x}",
        module="public-knowledge",
        year=2026,
        minutes=54,
        class_hours=Decimal("1.20"),
    )


def _sit(made: Crowd, now: datetime) -> None:
    paper = assign_seat(exam=made.exam, person=PersonFactory(), organisation=made.base, now=BEGINNING).paper
    seats = Seat.objects.bulk_create(
        Seat(
            exam=made.exam,
            person=person,
            paper=paper,
            organisation=made.base,
            ticket_code=f"C{made.base.pk}-{n}",
            created_at=BEGINNING,
        )
        for n, person in enumerate(made.people)
    )
    attempts = Attempt.objects.bulk_create(
        Attempt(
            seat=seat,
            state="submitted",
            paper_hash=paper.hash,
            started_at=now,
            deadline_at=now + timedelta(minutes=30),
            accepts_until=now + timedelta(minutes=31),
            ended_at=now,
        )
        for n, seat in enumerate(seats)
        if n % 2
    )
    Result.objects.bulk_create(_result(attempt, Decimal(n * 7 % 101), now) for n, attempt in enumerate(attempts))


def _result(attempt: Attempt, percent: Decimal, now: datetime, seq: int = 1) -> Result:
    return Result(
        attempt=attempt,
        seq=seq,
        points=percent,
        max_points=100,
        percent=percent,
        passed=percent >= 60,
        cut_rule="percent>=60",
        marks=[],
        computed_from="0" * 64,
        mode="invigilated-on-site",
        at=now,
    )


def _certify(made: Crowd) -> None:
    prepared, decided = UserFactory(), UserFactory()
    common: dict[str, Any] = {"organisation": made.base, "level": "junior"}
    decisions = Decision.objects.bulk_create(
        Decision(
            person=person,
            scheme_version=made.cohorts[0].scheme_version,
            evidence={},
            evidence_hash="0" * 64,
            state="approved",
            prepared_by=prepared,
            prepared_at=BEGINNING,
            decided_by=decided,
            decided_at=BEGINNING,
            **common,
        )
        for person in made.people[::3]
    )
    status_list = StatusList.objects.create(organisation=made.base, number=made.base.pk, used=len(decisions))
    Certificate.objects.bulk_create(
        Certificate(
            serial=f"TTM-{made.base.code}-{n}",
            check_code=f"{n:010d}",
            decision=decision,
            person=decision.person,
            cycle=1,
            payload={},
            credential="",
            status_list=status_list,
            status_index=n,
            issued_on=date(2026, 11, 2),
            valid_until=date(2029, 11, 1),
            **common,
        )
        for n, decision in enumerate(decisions)
    )


def look_ups(number: int, result: str = "valid", *, at: datetime = NOON) -> None:
    """Questions about certificates, as the log keeps them."""
    VerificationLog.objects.bulk_create(
        VerificationLog(reference=f"{result[:3]}{n:08d}", query_hash="0" * 64, way="name", result=result, at=at)
        for n in range(number)
    )


def told(user: User, number: int) -> None:
    """Notices that `user` has not read."""
    Notice.objects.bulk_create(
        Notice(
            user_id=user.pk,
            kind="hours-posted",
            subject_ref=f"crowd:{n}",
            context={"minutes": 25, "lines": 1},
            url="/me/ledger/",
            created_at=NOON,
        )
        for n in range(number)
    )
