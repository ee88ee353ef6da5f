"""Each fact tells whom it concerns, once, in the transaction of the fact."""

from datetime import datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import transaction

from certificates.services.deciding import refuse_decision
from certificates.services.revoking import revoke
from courses.selectors.outlines import items_of
from courses.services.completing import complete_item
from lms.cohorts.services.rosters import carry_out_import, read_roster
from lms.cohorts.services.rosters.samples import good_table, workbook_bytes
from lms.exams.services.attempts import submit
from lms.exams.services.results import release
from lms.mailing.models import Message, Notice
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import Bench
from tests.factories.cohorts import CohortFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course
from tests.factories.credits import make_hours, make_points
from tests.factories.exams import answer_rightly, make_attempt, make_seat
from tests.factories.simulations import WALK_AWAY, AttemptFactory, play

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

HOUR = timedelta(hours=1)


def told(user, *kinds: str) -> list[tuple[str, dict]]:
    found = Notice.objects.filter(user_id=user.pk).order_by("created_at", "pk")
    return [(notice.kind, notice.context) for notice in found if not kinds or notice.kind in kinds]


def mailed(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("to", flat=True))


def test_who_enrols_is_told_and_mailed_once() -> None:
    person, course = PersonFactory(), published_course()
    enrolment = enrolment_of(person, course)
    enrolment_of(person, course)
    title = {"zh": course.current_version.title, "en": course.current_version.title_en}
    assert told(person.user) == [("enrolled", {"course": title})]
    assert Notice.objects.get().url == f"/learn/{enrolment.uid}/"
    assert mailed("enrolled") == [person.user.email]


def test_a_fact_that_is_taken_back_tells_nobody() -> None:
    with transaction.atomic():
        enrolment_of(PersonFactory(), published_course())
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Message.objects.count()) == (0, 0)


def test_a_seat_is_told_with_its_times_and_number(now: datetime) -> None:
    seat = make_seat(extra_minutes=15)
    make_seat(exam=seat.exam, person=seat.person)
    [(kind, context)] = told(seat.person.user)
    assert kind == "exam-seat"
    assert context == {
        "exam": {"zh": seat.exam.title, "en": seat.exam.title_en},
        "opens": {"at": seat.exam.opens_at.isoformat()},
        "closes": {"at": seat.exam.closes_at.isoformat()},
        "minutes": seat.exam.minutes + 15,
        "ticket": seat.ticket_code,
    }
    assert mailed("exam-seat") == [seat.person.user.email]


def test_a_result_is_told_once(now: datetime) -> None:
    attempt = make_attempt()
    answer_rightly(attempt)
    submit(attempt=attempt, now=now)
    user = attempt.seat.person.user
    assert [(kind, context["passed"]) for kind, context in told(user, "exam-result")] == [("exam-result", True)]
    release(attempt=attempt, now=now + HOUR)
    assert len(told(user, "exam-result")) == 1
    assert mailed("exam-result") == [user.email]


def test_a_debrief_is_told_to_who_played_whether_passed_or_not() -> None:
    attempt = AttemptFactory()
    play(attempt, WALK_AWAY)
    [(kind, context)] = told(attempt.person.user)
    scenario = attempt.scenario_version
    assert (kind, context["scenario"]) == ("debrief-ready", {"zh": scenario.title, "en": scenario.title_en})
    assert Decimal(context["score"]) == attempt.scores.get().total
    assert Notice.objects.get().url == f"/sim/{attempt.uid}/debrief/"


def test_hours_of_one_day_are_one_notice(now: datetime) -> None:
    enrolment = enrolment_of(PersonFactory(), published_course(lessons=3, minutes=45))
    first, second, third = (item.uid for item in items_of(enrolment.course_version))
    with patch("courses.services.completing.move"):
        for uid, moment in ((first, now), (second, now + HOUR), (second, now + HOUR), (third, now + 24 * HOUR)):
            complete_item(enrolment=enrolment, item_uid=uid, now=moment)
    assert told(enrolment.person.user, "hours-posted") == [
        ("hours-posted", {"minutes": "90", "lines": "2"}),
        ("hours-posted", {"minutes": "45", "lines": "1"}),
    ]


def test_the_same_line_again_adds_nothing_to_the_day(now: datetime) -> None:
    person = PersonFactory()
    lines = {make_points(person=person, source="exams.seat:1", now=now) for _ in range(2)}
    [(_kind, context)] = told(person.user)
    assert context["lines"] == "1"
    assert Decimal(context["points"]) == sum(line.points for line in lines)


def test_who_has_no_sign_in_earns_and_is_not_told(now: datetime) -> None:
    make_hours(person=PersonFactory(user=None), now=now)
    assert Notice.objects.count() == 0


def test_a_decision_asks_every_certifier_and_mails_each_once_a_day(clock, now: datetime) -> None:
    bench = Bench()
    other = Bench()
    decision = bench.prepare(now)
    bench.prepare(now)
    bench.prepare(now + HOUR, person=bench.trainee("温若兰"))
    certifiers = (bench.certifier, bench.second_certifier)
    for certifier in certifiers:
        people = [context["person"] for _kind, context in told(certifier)]
        assert people == ["段文博", "温若兰"]
    assert mailed("decision-waiting") == sorted(certifier.email for certifier in certifiers)
    first = Notice.objects.get(user_id=bench.certifier.pk, subject_ref=f"certificates.decision:{decision.pk}")
    assert (first.url, first.organisation) == (f"/base/decisions/{decision.uid}/", bench.organisation.code)
    assert told(bench.manager) == told(other.certifier) == []


def test_a_certifier_is_not_asked_about_themselves_or_what_they_prepared(clock, now: datetime) -> None:
    bench = Bench()
    RoleGrantFactory(user=bench.manager, organisation=bench.organisation, role="certifier")
    RoleGrantFactory(user=bench.person.user, organisation=bench.organisation, role="certifier")
    bench.prepare(now)
    asked = set(Notice.objects.filter(kind="decision-waiting").values_list("user_id", flat=True))
    assert asked == {bench.certifier.pk, bench.second_certifier.pk}


def test_who_prepared_is_told_what_was_decided(clock, now: datetime) -> None:
    bench = Bench()
    level = {"zh": bench.level.name, "en": bench.level.name_en}
    refused = bench.prepare(now)
    refuse_decision(decision=refused, refused_by=bench.certifier, reason="缺面授记录", now=now)
    bench.approve(now + HOUR)
    assert told(bench.manager) == [
        ("decision-refused", {"person": "段文博", "level": level, "reason": "缺面授记录"}),
        ("decision-approved", {"person": "段文博", "level": level}),
    ]


def test_the_holder_is_told_of_certificate_and_revocation(clock, now: datetime) -> None:
    bench = Bench()
    certificate = bench.issue(now)
    for _ in range(2):
        revoke(
            certificate=certificate,
            reason="替考查实",
            public_reason="考试成绩无效",
            revoked_by=bench.certifier,
            now=now + HOUR,
        )
    level = {"zh": bench.level.name, "en": bench.level.name_en}
    named = {"level": level, "serial": certificate.serial}
    assert told(bench.person.user, "certificate-issued", "certificate-revoked") == [
        ("certificate-issued", named),
        ("certificate-revoked", {**named, "reason": "考试成绩无效"}),
    ]
    assert mailed("certificate-issued") == mailed("certificate-revoked") == [bench.person.user.email]
    assert "替考" not in Message.objects.get(kind="certificate-revoked").text


def test_who_imports_a_roster_is_told_what_was_written(clock, now: datetime) -> None:
    cohort = CohortFactory()
    manager = RoleGrantFactory(organisation=cohort.organisation).user
    sheet = read_roster(workbook_bytes(good_table()))
    for moment in (now, now + HOUR):
        carry_out_import(cohort=cohort, sheet=sheet, imported_by=manager, now=moment)
    [(kind, context)] = told(manager)
    assert kind == "roster-imported"
    assert context == {
        "cohort": {"zh": cohort.title, "en": cohort.title_en},
        "created": 12,
        "updated": 0,
        "errors": 0,
    }
