from decimal import Decimal

import pytest

from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from simulations.selectors.needs import simulations_needed
from tests.factories.accounts import PersonFactory
from tests.factories.schemes import LevelFactory, SchemeVersionFactory, leaf

pytestmark = [pytest.mark.room, pytest.mark.django_db]

THREE = {
    "kind": "all-of",
    "title": "初级",
    "title_en": "Junior",
    "children": [
        leaf("deals", fact="simulation", per_ref_at_least="70", count=3),
        leaf("exam", fact="exam", at_least="60"),
    ],
}
EXAM_ONLY = {
    "kind": "all-of",
    "title": "初级",
    "title_en": "Junior",
    "children": [leaf("exam", fact="exam", at_least="60")],
}


def _pass(person, case: str, score: str, now) -> None:
    record_fact(
        person_id=person.pk,
        kind=FactKind.SIMULATION,
        ref=case,
        value=Decimal(score),
        source=f"tests:{case}:{score}",
        occurred_at=now,
        now=now,
    )


def test_different_cases_count_once_and_only_above_the_bar(now) -> None:
    LevelFactory(version=SchemeVersionFactory(), requirements=THREE)
    person = PersonFactory()
    for case, score in (("one", "81"), ("one", "90"), ("two", "69"), ("three", "70")):
        _pass(person, case, score, now)

    need = simulations_needed(person.pk, "junior", now)

    assert need
    assert (need.required, need.reached, need.bar, need.met) == (3, 2, Decimal(70), False)


def test_more_than_asked_is_as_much_as_asked(now) -> None:
    LevelFactory(version=SchemeVersionFactory(), requirements=THREE)
    person = PersonFactory()
    for case in ("one", "two", "three", "four"):
        _pass(person, case, "80", now)

    need = simulations_needed(person.pk, "junior", now)

    assert need
    assert (need.reached, need.met) == (3, True)


def test_a_level_without_simulations_and_an_unknown_one_ask_for_none(now) -> None:
    LevelFactory(version=SchemeVersionFactory(), requirements=EXAM_ONLY)

    assert simulations_needed(PersonFactory().pk, "junior", now) is None
    assert simulations_needed(PersonFactory().pk, "senior", now) is None
