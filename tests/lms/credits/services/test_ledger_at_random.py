"""Whatever is posted, repeated and taken back, in whatever order: the books add up and the chains hold."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lms.credits.enums import Book
from lms.credits.models import HourLine
from lms.credits.selectors.statement import hours_by_module
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.hours import post_class_hours
from lms.credits.services.posting import SourceTaken
from lms.credits.services.reversal import reverse
from lms.kernel.class_hours import to_class_hours
from lms.schemes.enums import ModuleCode
from lms.schemes.models import RequirementFact
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

posts = st.tuples(
    st.just("post"), st.integers(0, 1), st.integers(0, 5), st.integers(1, 600), st.sampled_from(ModuleCode.values)
)
reversals = st.tuples(st.just("reverse"), st.integers(0, 1), st.integers(0, 5))
stories = st.lists(st.one_of(posts, posts, reversals), max_size=25)


class Ledger(TestCase):
    """A story told to the ledger, and the same story kept in two dictionaries."""

    def post(self, person: int, source: str, minutes: int, module: str, now: datetime = NOON) -> None:
        try:
            post_class_hours(
                person_id=self.people[person].pk,
                organisation_id=self.base.pk,
                module=module,
                minutes=minutes,
                source=source,
                occurred_at=now,
                now=now,
            )
        except SourceTaken:
            assert self.posted[source] != (person, minutes, module)
        else:
            self.posted.setdefault(source, (person, minutes, module))

    def take_back(self, source: str) -> None:
        if source in self.posted:
            reverse(line=HourLine.objects.get(source=source), reason="错", actor="user:1", now=NOON)
            self.taken_back.add(source)

    @given(story=stories)
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_sums_chains_and_facts_agree(self, story: list[tuple]) -> None:
        self.people, self.base = [PersonFactory(), PersonFactory()], OrganisationFactory()
        self.posted: dict[str, tuple[int, int, str]] = {}
        self.taken_back: set[str] = set()
        for act, person, number, *figures in story:
            source = f"courses.item:{number}"
            if act == "post":
                self.post(person, source, *figures)
            else:
                self.take_back(source)
        self.check_books()

    def check_books(self) -> None:
        standing = [entry for source, entry in self.posted.items() if source not in self.taken_back]
        for number, person in enumerate(self.people):
            lines = list(HourLine.objects.of(person.pk))
            assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
            assert sum(line.minutes for line in lines) == sum(entry[1] for entry in standing if entry[0] == number)
            hours = sum((line.class_hours for line in lines), Decimal(0))
            exact = Decimal(sum(line.minutes for line in lines)) / 45
            assert abs(hours - exact) < Decimal("0.01") * (1 + len(self.taken_back))
            facts = RequirementFact.objects.filter(person=person).values_list("value", flat=True)
            assert sum(facts, Decimal(0)) == hours
            assert sum((total.figure for total in hours_by_module(person.pk)), Decimal(0)) == hours
        report = audit_ledger(book=Book.HOURS)
        assert (report.ok, report.lines) == (True, len(self.posted) + len(self.taken_back))

    @given(minutes=st.lists(st.integers(1, 600), min_size=1, max_size=12))
    @settings(max_examples=25, deadline=None)
    def test_without_reversals_no_hundredth_is_lost(self, minutes: list[int]) -> None:
        self.people, self.base, self.posted = [PersonFactory()], OrganisationFactory(), {}
        for number, length in enumerate(minutes):
            self.post(0, f"courses.item:{number}", length, ModuleCode.values[number % 4])
        hours = sum((line.class_hours for line in HourLine.objects.of(self.people[0].pk)), Decimal(0))
        assert hours == to_class_hours(sum(minutes))
