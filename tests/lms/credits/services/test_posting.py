"""What posting costs, and what it leaves behind when it is refused or broken off."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from lms.credits.enums import Book, CreditKind
from lms.credits.models import CreditLine, CreditTotal, HourLine, LineText
from lms.credits.selectors.lines import with_words
from lms.credits.selectors.rules import NoSuchRule, rules_for
from lms.credits.services import posting
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.hours import post_class_hours
from lms.credits.services.points import DayOutOfRules, post_award, post_points
from lms.credits.services.posting import SourceTaken
from lms.credits.services.reversal import reverse
from lms.records.models import ChainHead
from lms.records.services.commitments import commit
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credits import make_award, make_hours, make_points
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

# Hold the head, line, head, fact; SQLite writes the words by a statement of their own.
STEADY = 4
WITH_WORDS = STEADY if connection.vendor == "postgresql" else STEADY + 1
# Before a person's first line: look for the head in vain, read the uid, begin the chain.
FIRST = 3
# The first notice of a day with its savepoints, and a later one that adds up.
NOTICE = 6
ADDED = 5


@pytest.fixture
def rules(now: datetime):
    SchemeFactory()
    return rules_for(organisation_id=None, on=now.date())


def nobody() -> object:
    """A person without a sign-in, whom no notice reaches."""
    return PersonFactory(user=None)


@pytest.mark.db
@pytest.mark.parametrize(("words", "queries"), [("", STEADY), ("某高校成果", WITH_WORDS)])
def test_a_line_of_either_book_costs_four_statements(
    now: datetime, rules, words: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, base = nobody(), OrganisationFactory()
    make_hours(person=person, organisation=base)
    make_award(person=person, organisation=base, rules=rules)
    common = {"person_id": person.pk, "organisation_id": base.pk, "now": now}
    with django_assert_num_queries(queries):
        post_class_hours(
            **common, module="practical-skills", minutes=45, source="courses.item:9", occurred_at=now, note=words
        )
    with django_assert_num_queries(queries):
        post_points(**common, kind="exam", rule="exam-passed", source="exams.seat:9", occurred_at=now, note=words)
    with django_assert_num_queries(queries):
        post_award(
            **common, rules=rules, rule="demand-filed", source="credits.claim:9:1", occurred_on=now.date(), text=words
        )
    assert LineText.objects.filter(person=person).count() == (3 if words else 0)
    assert CreditLine.objects.of(person.pk).count() == 3


def test_the_first_line_of_a_person_begins_the_chain(
    now: datetime, rules, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    base, person = OrganisationFactory(), nobody()
    make_hours(organisation=base)
    with django_assert_num_queries(STEADY + FIRST):
        make_hours(person=person, organisation=base)


def test_a_notice_comes_on_top(now: datetime, rules, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    base, person = OrganisationFactory(), PersonFactory()
    make_hours(organisation=base)
    with django_assert_num_queries(STEADY + FIRST + NOTICE):
        make_hours(person=person, organisation=base)
    with django_assert_num_queries(STEADY + ADDED):
        make_hours(person=person, organisation=base)


def test_a_replayed_call_reads_and_writes_nothing(
    now: datetime, rules, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    same = {"person": PersonFactory(), "organisation": OrganisationFactory(), "source": "credits.claim:1:1"}
    line = make_award(rules=rules, text="第一次", **same)
    with django_assert_num_queries(2):
        again = make_award(rules=rules, text="第二次", **same)
    assert again == line
    assert [each.words for each in with_words(list(CreditLine.objects.all()))] == ["第一次"]
    assert CreditTotal.objects.get().lines == RequirementFact.objects.count() == 1


def test_words_lie_apart_and_the_line_commits_to_them(now: datetime) -> None:
    line = make_points(note="  初级机考  ")
    kept = LineText.objects.get()
    assert (kept.book, kept.line, kept.person_id, kept.text) == ("credits", line.pk, line.person_id, "初级机考")
    assert (line.note, line.format, line.commitment) == ("", 2, commit(kept.salt, "初级机考"))
    assert make_points().commitment == ""


def test_a_refusal_leaves_the_transaction_of_the_caller_usable(now: datetime) -> None:
    mine = make_points(source="exams.seat:1")
    other = PersonFactory()
    with transaction.atomic():
        with pytest.raises(SourceTaken):
            make_points(person=other, source="exams.seat:1")
        made = make_points(person=other, source="exams.seat:2")
    assert [line.pk for line in CreditLine.objects.order_by("pk")] == [mine.pk, made.pk]
    assert audit_ledger(book=Book.CREDITS).ok


def test_a_source_taken_while_one_was_waiting_is_refused_by_the_write_itself(now: datetime, monkeypatch) -> None:
    taken = make_points(source="exams.seat:1")
    held = posting._held

    def before_the_other_was_there(line, asks):
        found = held(line, asks)
        found.beside["there"] = None
        return found

    other = make_points().person
    monkeypatch.setattr(posting, "_held", before_the_other_was_there)
    with transaction.atomic():
        with pytest.raises(SourceTaken):
            make_points(person=other, source="exams.seat:1")
        make_points(person=other, source="exams.seat:3")
    assert make_points(person=taken.person, source="exams.seat:1") == taken
    assert audit_ledger(book=Book.CREDITS).ok
    assert RequirementFact.objects.count() == CreditLine.objects.count() == 3


def test_broken_off_before_the_end_nothing_is_left(now: datetime, monkeypatch) -> None:
    line = make_hours()

    def killed(**_given: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(posting, "add_fact", killed)
        with pytest.raises(SystemExit), transaction.atomic():
            make_hours(person=line.person, organisation=line.organisation, source="courses.item:x", note="课")
    assert (HourLine.objects.count(), LineText.objects.count(), ChainHead.objects.get(book="hours").seq) == (1, 0, 1)
    make_hours(person=line.person, organisation=line.organisation, source="courses.item:x", note="课")
    assert audit_ledger(book=Book.HOURS).ok


def test_the_cap_of_the_year_is_kept_and_what_is_over_it_is_not_given(now: datetime, rules) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    cap = Decimal("10.00")
    posted = [make_award(person=person, organisation=base, rules=rules) for _ in range(20)]
    given = [line.points for line in posted if line]
    assert sum(given) == cap == CreditTotal.objects.get(kind=CreditKind.DEMAND).points
    assert posted[-1] is None
    assert posted[len(given) - 1].award.held_back >= 0
    later = {"occurred_on": date(2027, 1, 2), "now": now + timedelta(days=90)}
    next_year = make_award(person=person, organisation=base, rules=rules, **later)
    assert next_year.year == 2027


def test_points_taken_back_make_room_below_the_cap_again(now: datetime, rules) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    posted = [make_award(person=person, organisation=base, rules=rules) for _ in range(20)]
    reverse(line=posted[0], reason="材料不实", actor="user:7", now=now)
    again = make_award(person=person, organisation=base, rules=rules)
    assert Decimal(0) < again.points <= posted[0].points
    assert CreditTotal.objects.get().points <= Decimal("10.00")


def test_a_violation_takes_points_away_by_the_same_door(now: datetime, rules) -> None:
    line = make_award(rules=rules, rule="violation-minor", text="没有回避")
    assert (line.kind, line.points) == ("violation", Decimal("-5.00"))
    assert RequirementFact.objects.get().value == Decimal("-5.00")


def test_a_line_says_from_when_until_when_it_counts(now: datetime, rules) -> None:
    line = make_award(rules=rules, occurred_on=date(2026, 3, 1))
    assert (line.valid_from, line.valid_to, line.year) == (date(2026, 3, 1), date(2029, 2, 28), 2026)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2001, 1, 1)])
def test_days_to_come_and_days_before_the_scheme_are_refused(rules, day: date) -> None:
    with pytest.raises(DayOutOfRules, match=day.isoformat()):
        make_award(rules=rules, occurred_on=day)
    assert CreditLine.objects.count() == ChainHead.objects.filter(book="credits").count() == 0


def test_a_rule_that_the_version_does_not_have_is_refused_by_name(rules) -> None:
    with pytest.raises(NoSuchRule, match="moon-landing"):
        make_award(rules=rules, rule="moon-landing")
