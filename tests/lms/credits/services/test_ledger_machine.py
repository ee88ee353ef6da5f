"""Whatever happens to the ledgers, in whatever order, broken off or repeated: the books add up and the chains hold."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lms.credits.enums import Book, CreditKind
from lms.credits.models import CreditLine, HourLine, LineText
from lms.credits.selectors.rules import rules_for, table_of
from lms.credits.selectors.totals import balance, hour_balance
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.erasing import erase_texts
from lms.credits.services.hours import post_class_hours
from lms.credits.services.points import post_award, post_points
from lms.credits.services.reversal import CannotReverseReversal, reverse
from lms.credits.services.sealing import seal_books
from lms.records.services.sealing import inclusion_proof, verify_inclusion
from lms.schemes.enums import FactKind, ModuleCode
from lms.schemes.models import RequirementFact
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db]

PEOPLE = st.integers(0, 1)
SOURCES = st.integers(0, 30)
DAYS = st.sampled_from([date(2026, 1, 1), date(2026, 6, 30), date(2026, 11, 22)])
WORDS = st.sampled_from(["", "某企业的需求", "第二课"])
WORK = st.sampled_from(
    [
        ("demand-filed", None),
        ("contract-registered", Decimal("80000.00")),
        ("contract-registered", Decimal("12000000.00")),
        ("violation-minor", None),
        ("violation-grave", None),
    ]
)
CRASHES = st.booleans()


class Killed(Exception):
    """The process ends before the commit."""


class Ledgers(RuleBasedStateMachine):
    """The two books, and beside them only what was told to be in them."""

    def __init__(self) -> None:
        super().__init__()
        self.clean = transaction.atomic()
        self.clean.__enter__()
        self.lines: dict[str, Any] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.clean.__exit__(None, None, None)

    @initialize()
    def found_a_base(self) -> None:
        SchemeFactory()
        self.people = [PersonFactory(), PersonFactory(user=None)]
        self.base = OrganisationFactory()
        self.in_force = rules_for(organisation_id=None, on=NOON.date())

    def post(self, key: str, crashes: bool, verb: Callable[[], Any]) -> None:
        """Post by `verb`, killed before the commit or not; what stands for the source already is answered again."""
        before = self.lines.get(key)
        try:
            with transaction.atomic():
                line = verb()
                if crashes:
                    raise Killed
        except Killed:
            return
        if before is not None:
            assert line == before
        elif line is not None:
            self.lines[key] = line

    @rule(
        person=PEOPLE,
        number=SOURCES,
        minutes=st.integers(1, 600),
        module=st.sampled_from(ModuleCode),
        words=WORDS,
        crashes=CRASHES,
    )
    def study(self, person: int, number: int, minutes: int, module: str, words: str, crashes: bool) -> None:
        key = f"courses.item:{person}:{number}"
        before = self.lines.get(key)
        if before is not None:
            minutes, module = before.minutes, before.module
        self.post(
            key,
            crashes,
            lambda: post_class_hours(
                **self.common(person, key), module=module, minutes=minutes, occurred_at=NOON, note=words
            ),
        )

    @rule(person=PEOPLE, number=SOURCES, words=WORDS, crashes=CRASHES)
    def pass_an_exam(self, person: int, number: int, words: str, crashes: bool) -> None:
        key = f"exams.seat:{person}:{number}"
        self.post(
            key,
            crashes,
            lambda: post_points(
                **self.common(person, key), kind="exam", rule="exam-passed", occurred_at=NOON, note=words
            ),
        )

    @rule(
        person=PEOPLE,
        number=SOURCES,
        work=WORK,
        day=DAYS,
        percent=st.sampled_from([100, 60, 40]),
        words=WORDS,
        crashes=CRASHES,
    )
    def work_or_offend(
        self, person: int, number: int, work: tuple, day: date, percent: int, words: str, crashes: bool
    ) -> None:
        code, measure = work
        key = f"credits.claim:{person}:{number}:{code}"
        self.post(
            key,
            crashes,
            lambda: post_award(
                **self.common(person, key),
                rules=self.in_force,
                rule=code,
                measure=measure,
                percent=Decimal(percent),
                occurred_on=day,
                text=words,
            ),
        )

    def common(self, person: int, source: str) -> dict[str, Any]:
        return {
            "person_id": self.people[person].pk,
            "organisation_id": self.base.pk,
            "source": source,
            "now": NOON,
        }

    @precondition(lambda self: self.lines)
    @rule(data=st.data(), crashes=CRASHES)
    def take_back(self, data: st.DataObject, crashes: bool) -> None:
        line = self.lines[data.draw(st.sampled_from(sorted(self.lines)))]
        key = f"credits.reversal:{line.book}:{line.pk}"
        if line.reversal_of_id:
            with pytest.raises(CannotReverseReversal):
                reverse(line=line, reason="错", actor="user:1", now=NOON)
        else:
            self.post(key, crashes, lambda: reverse(line=line, reason="错", actor="user:1", now=NOON))

    @rule(crashes=CRASHES)
    def seal(self, crashes: bool) -> None:
        try:
            with transaction.atomic():
                seal_books(now=NOON)
                if crashes:
                    raise Killed
        except Killed:
            return
        assert seal_books(now=NOON) == {}

    @rule(person=PEOPLE)
    def erase(self, person: int) -> None:
        erase_texts(person=self.people[person], reason="本人申请", actor="user:1", now=NOON)

    @invariant()
    def what_stands_is_what_was_told(self) -> None:
        told = sorted(self.lines)
        stands = [
            *HourLine.objects.values_list("source", flat=True),
            *CreditLine.objects.values_list("source", flat=True),
        ]
        assert sorted(stands) == told

    @invariant()
    def balances_are_sums(self) -> None:
        for person in getattr(self, "people", []):
            lines = [line for line in self.lines.values() if line.person_id == person.pk]
            points = sum((line.points for line in lines if line.book == Book.CREDITS), Decimal(0))
            hours = sum((line.class_hours for line in lines if line.book == Book.HOURS), Decimal(0))
            assert balance(person.pk).total == points == self.facts(person, FactKind.CONTRIBUTION)
            assert sum(hour_balance(person.pk).hours.values(), Decimal(0)) == hours
            assert self.facts(person, FactKind.CLASS_HOURS) == hours

    def facts(self, person: Any, kind: str) -> Decimal:
        values = RequirementFact.objects.filter(person=person, kind=kind).values_list("value", flat=True)
        return sum(values, Decimal(0))

    @invariant()
    def caps_are_kept(self) -> None:
        for person in getattr(self, "people", []):
            for (kind, _year), points in balance(person.pk).by_kind_and_year.items():
                cap = table_of(self.in_force).kind(kind).cap_per_year
                assert cap is None or points <= cap
                assert points <= 0 if kind == CreditKind.VIOLATION else points >= 0

    @invariant()
    def the_books_prove_whole(self) -> None:
        for book in Book:
            report = audit_ledger(book=book)
            assert (report.ok, report.fault) == (True, None)
            assert report.words == LineText.objects.filter(book=book).count()
        for person in getattr(self, "people", []):
            proof = inclusion_proof(book=Book.CREDITS, owner=str(person.uid))
            assert proof is None or verify_inclusion(proof)


def test_every_interleaving_of_posts_reversals_violations_seals_erasures_crashes_and_retries() -> None:
    run_state_machine_as_test(
        Ledgers,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
