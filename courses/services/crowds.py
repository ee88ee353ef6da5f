"""Study of a crowd of invented people in bulk: the rows that as many real readers would leave, for load tests.

The leases come from the same rule as everybody's, a claim goes out each quarter of a minute, and no lesson is
completed, so nothing beyond this room follows from it; `rebuild_progress --check` holds for the whole crowd.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from courses.models import (
    Course,
    CourseVersion,
    Enrolment,
    EnrolmentEvent,
    EnrolmentProgress,
    ItemProgress,
    PresenceAnswer,
    StudyDay,
    StudyLease,
)
from courses.selectors.outlines import Item, items_of
from lms.accounts.services.crowds import NoCrowdHere
from lms.kernel.demo import is_demo
from lms.schemes.selectors.study_rules import StudyRules, study_rules_of

from .ceilings import day_of
from .leases import lease_after
from .rehearsing import NOTICED

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Cohort, Organisation

BATCH = 2_000
CLAIM_S = 15
# Of an item's declared minutes; the rest of the study goes to the next item on the next day.
MOST_OF_AN_ITEM = 0.94


CLAIMS = "courses_studyinterval"
CLAIM_COLUMNS = (
    "lease_id", "client_seq", "start_s", "end_s", "parts", "accepted_s", "pending_s", "spent_s", "reason", "covered_s",
    "complete", "received_at",
)  # fmt: skip


@dataclass
class _Rows:
    """What is written in one go."""

    leases: list[StudyLease] = field(default_factory=list)
    claims: list[tuple[StudyLease, range]] = field(default_factory=list)
    answers: list[PresenceAnswer] = field(default_factory=list)
    items: list[ItemProgress] = field(default_factory=list)
    counters: list[EnrolmentProgress] = field(default_factory=list)
    days: list[StudyDay] = field(default_factory=list)


@transaction.atomic
def study_as_crowd(
    *,
    people: Sequence["Person"],
    course_code: str,
    cohort: "Cohort",
    organisation: "Organisation",
    intervals: int,
    now: datetime,
) -> None:
    """Enrol each of `people`, none of whom is enrolled yet, and let them claim `intervals` times from `now` on."""
    if not is_demo():
        raise NoCrowdHere
    course = Course.objects.select_related("current_version").defer("current_version__body").get(code=course_code)
    version = course.current_version
    if version is None:
        raise LookupError(course_code)
    enrolments = _enrolments(people, version, cohort, organisation, now)
    rules, rows = study_rules_of(cohort.scheme_version), _Rows()
    for place, enrolment in enumerate(enrolments):
        _study(rows, enrolment, items_of(version), rules, intervals, now + timedelta(seconds=7 * place))
    StudyLease.objects.bulk_create(rows.leases, BATCH)
    _pour([row for lease, numbers in rows.claims for row in _claims(lease, numbers)])
    PresenceAnswer.objects.bulk_create(rows.answers, BATCH)
    ItemProgress.objects.bulk_create(rows.items, BATCH)
    EnrolmentProgress.objects.bulk_create(rows.counters, BATCH)
    StudyDay.objects.bulk_create(rows.days, BATCH)


def _enrolments(
    people: Sequence["Person"], version: CourseVersion, cohort: "Cohort", organisation: "Organisation", now: datetime
) -> list[Enrolment]:
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                person=person,
                course_id=version.course_id,
                course_version=version,
                cohort=cohort,
                organisation=organisation,
                scheme_version_id=cohort.scheme_version_id,
                enrolled_at=now,
            )
            for person in people
        ],
        BATCH,
    )
    EnrolmentEvent.objects.bulk_create(
        [EnrolmentEvent(enrolment=each, to_state=each.state, actor="system", at=now) for each in enrolments], BATCH
    )
    return enrolments


def _study(
    rows: _Rows, enrolment: Enrolment, items: list[Item], rules: StudyRules, intervals: int, begins: datetime
) -> None:
    """One person: an item a day, until the claims are used up."""
    # What `grounds` reads of the person's last lease; nobody here has studied before.
    ground = SimpleNamespace(
        pk=enrolment.pk, person_id=enrolment.person_id, last_seq=None, last_issued_at=None, last_answered_at=None
    )
    covered, last, at = 0, items[0], begins
    for number, item in enumerate(items):
        claims = min(intervals, int(item.declared_s * MOST_OF_AN_ITEM) // CLAIM_S)
        if not claims:
            break
        at, last, intervals = begins + timedelta(days=number), item, intervals - claims
        ended = _sit(rows, ground, item, rules, claims, at)
        seconds = claims * CLAIM_S
        covered += seconds
        rows.items.append(_item(enrolment, item, seconds, ended))
        rows.days.append(StudyDay(person_id=enrolment.person_id, day=day_of(at), credited_s=seconds))
        at = ended
    declared = sum(item.declared_s for item in items)
    rows.counters.append(
        EnrolmentProgress(
            enrolment=enrolment,
            total=len(items),
            covered_s=covered,
            declared_s=declared,
            percent=covered * 100 // declared,
            last_item_uid=last.uid,
            last_at=at,
        )
    )


def _sit(rows: _Rows, ground: SimpleNamespace, item: Item, rules: StudyRules, claims: int, now: datetime) -> datetime:
    """Claim after claim under one lease after the other; gives the moment of the last."""
    a_lease = rules.lease_s // CLAIM_S
    for first in range(0, claims, a_lease):
        lease = lease_after(ground, item, rules, continues=first > 0, now=now)
        rows.leases.append(lease)
        mine = range(first, min(first + a_lease, claims))
        rows.claims.append((lease, mine))
        now = lease.issued_at + timedelta(seconds=len(mine) * CLAIM_S)
        answered = lease.challenge_at + NOTICED if lease.challenge_at + NOTICED <= now else None
        if answered:
            rows.answers.append(
                PresenceAnswer(
                    person_id=lease.person_id, challenge_no=lease.challenge_no, answered_at=answered, in_time=True
                )
            )
        for name in ("seq", "uid", "issued_at", "expires_at", "challenge_no", "challenge_at"):
            setattr(ground, f"last_{name}", getattr(lease, name))
        ground.last_answered_at = answered
    return now


def _claims(lease: StudyLease, numbers: range) -> Iterator[tuple[Any, ...]]:
    """The claims under one saved lease, as columns in the order of `CLAIM_COLUMNS`."""
    for client_seq, number in enumerate(numbers):
        start_s, end_s = number * CLAIM_S, (number + 1) * CLAIM_S
        received_at = lease.issued_at + timedelta(seconds=(client_seq + 1) * CLAIM_S)
        parts = f'[[{start_s}, {end_s}, "credited", ""]]'
        yield (
            lease.pk, client_seq, start_s, end_s, parts, CLAIM_S, 0, CLAIM_S, "", end_s, False,
            connection.ops.adapt_datetimefield_value(received_at),
        )  # fmt: skip


def _pour(rows: list[tuple[Any, ...]]) -> None:
    """Write claims past the models, which takes a tenth of the time: by COPY where the database has it."""
    columns = ", ".join(CLAIM_COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {CLAIMS} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(CLAIM_COLUMNS))
            cursor.executemany(f"INSERT INTO {CLAIMS} ({columns}) VALUES ({marks})", rows)  # noqa: S608 -- own names


def _item(enrolment: Enrolment, item: Item, seconds: int, at: datetime) -> ItemProgress:
    return ItemProgress(
        enrolment=enrolment,
        item_uid=item.uid,
        covered=[[0, seconds]],
        covered_s=seconds,
        declared_s=item.declared_s,
        last_at=at,
    )
