from datetime import datetime
from decimal import Decimal
from itertools import count

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import NoSuchLevel
from lms.schemes.selectors.eligibility import Eligibility, eligibility, pass_mark
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import PersonFactory
from tests.factories.schemes import LevelFactory, leaf

pytestmark = [pytest.mark.room, pytest.mark.django_db]

_numbers = count()


def tell(person, kind: FactKind, ref: str, now: datetime, value: int = 1) -> None:
    record_fact(
        person_id=person.pk,
        kind=kind,
        ref=ref,
        value=Decimal(value),
        source=f"test:{next(_numbers)}",
        occurred_at=now,
        now=now,
    )


def asked(person, version, level: str = "junior") -> Eligibility:
    return eligibility(person_ids=[person.pk], version=version, level=level)[person.pk]


def level_with(*children: dict[str, object], code: str = "junior"):
    tree = {"kind": "all-of", "code": "top", "title": "全部", "title_en": "All", "children": list(children)}
    return LevelFactory(code=code, requirements=tree)


def test_the_course_that_the_scheme_puts_first_opens_the_exam(now: datetime) -> None:
    version = load_scheme("ttm-2026-2", now=now)
    person = PersonFactory()
    before = asked(person, version)
    assert not before.eligible
    with override("en"):
        [reason] = before.reasons
    assert reason == (
        "The course “Foundations for junior technology brokers”: The course is not completed yet: "
        "each of its lessons must be studied to the end."
    )
    tell(person, FactKind.COURSE, "jtb-foundations", now)
    assert asked(person, version).eligible


def test_every_rule_that_comes_first_has_to_be_met(now: datetime) -> None:
    version = load_scheme("ttm-2026-2", now=now)
    person = PersonFactory()
    assert [node.code for node in asked(person, version, "intermediate").missing] == ["prior-certificate", "course"]
    tell(person, FactKind.CERTIFICATE, "junior", now)
    assert [node.code for node in asked(person, version, "intermediate").missing] == ["course"]


def test_a_certificate_that_was_revoked_admits_nobody(now: datetime) -> None:
    version = load_scheme("ttm-2026-2", now=now)
    person = PersonFactory()
    tell(person, FactKind.COURSE, "itb-practice", now)
    tell(person, FactKind.CERTIFICATE, "junior", now)
    assert asked(person, version, "intermediate").eligible
    tell(person, FactKind.CERTIFICATE, "junior", now, value=0)
    assert [node.code for node in asked(person, version, "intermediate").missing] == ["prior-certificate"]


def test_what_stands_beside_the_exam_and_not_before_it_does_not_matter(now: datetime) -> None:
    level = level_with(
        leaf("identity", fact="identity", at_least=1), leaf("exam", fact="exam", refs=["junior"], at_least=60)
    )
    assert asked(PersonFactory(), level.version).eligible


def test_a_group_that_comes_first_is_named_as_a_group(now: datetime) -> None:
    either = {
        "kind": "any-of",
        "code": "either",
        "title": "二选一",
        "title_en": "Either",
        "at_least": 1,
        "children": [
            leaf("a", fact="course", refs=["a"], at_least=1),
            leaf("b", fact="course", refs=["b"], at_least=1),
        ],
    }
    level = level_with(either, leaf("exam", fact="exam", refs=["junior"], at_least=60, after=["either"]))
    person = PersonFactory()
    assert [node.code for node in asked(person, level.version).missing] == ["either"]
    tell(person, FactKind.COURSE, "b", now)
    assert asked(person, level.version).eligible


def test_an_exam_of_another_level_in_the_tree_opens_and_closes_nothing() -> None:
    level = level_with(
        leaf("course", fact="course", refs=["a"], at_least=1),
        leaf("lower", fact="exam", refs=["junior"], at_least=60, after=["course"]),
        leaf("own", fact="exam", refs=["intermediate"], at_least=70),
        code="intermediate",
    )
    assert asked(PersonFactory(), level.version, "intermediate").eligible
    assert pass_mark(level.version, "intermediate") == 70


def test_a_level_that_the_scheme_does_not_know_admits_nobody() -> None:
    with pytest.raises(NoSuchLevel):
        asked(PersonFactory(), LevelFactory().version, "senior")


def test_a_level_without_an_exam_has_no_pass_mark() -> None:
    assert pass_mark(LevelFactory().version, "junior") is None


@pytest.mark.parametrize("people", [10, 1000])
def test_a_whole_cohort_costs_two_queries(
    people: int, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = load_scheme("ttm-2026-2", now=now)
    known = PersonFactory()
    tell(known, FactKind.COURSE, "jtb-foundations", now)
    ids = [known.pk, *range(10**6, 10**6 + people - 1)]
    with django_assert_num_queries(2):  # the level, the facts
        found = eligibility(person_ids=ids, version=version, level="junior")
    assert [pk for pk, each in found.items() if each.eligible] == [known.pk]
    assert len(found) == people
