from decimal import Decimal

import pytest

from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import histories_of, history_of, kinds_needed, standing_in
from lms.schemes.selectors.standing import standing
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import SMALL_TREE, earn
from tests.factories.schemes import LevelFactory, leaf

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _any_of(*children: dict[str, object]) -> dict[str, object]:
    words = {"title": "任选", "title_en": "Any", "code": "any"}
    return {"kind": "any-of", "at_least": 1, "children": list(children), **words}


def test_a_history_answers_what_the_standing_asks(now, django_assert_num_queries) -> None:
    person, level = PersonFactory(), LevelFactory(requirements=SMALL_TREE)
    earn(person, now=now)
    with django_assert_num_queries(1):
        history = history_of(person.pk)
        stands = standing_in(history, level)
    assert stands == standing(person_id=person.pk, level=level)
    assert stands.met
    assert sum(fact.value for fact in history if fact.kind == FactKind.CLASS_HOURS) == Decimal("1.11")


def test_histories_of_many_people_are_one_question(now, django_assert_num_queries) -> None:
    people = PersonFactory.create_batch(3)
    for person in people:
        earn(person, now=now)
    nobody = PersonFactory()
    with django_assert_num_queries(1):
        found = histories_of([*(person.pk for person in people), nobody.pk])
    assert [len(history) for history in found.values()] == [4, 4, 4, 0]


def test_kinds_without_which_no_level_is_met() -> None:
    assert kinds_needed(LevelFactory(requirements=SMALL_TREE)) == {
        FactKind.CLASS_HOURS,
        FactKind.EXAM,
        FactKind.SIMULATION,
    }


def test_a_choice_needs_only_what_every_way_needs() -> None:
    hours = leaf("hours", fact="class-hours", at_least="1")
    exam, credit = leaf("exam", fact="exam", at_least="60"), leaf("credit", fact="contribution", at_least="5")
    tree = {"kind": "all-of", "title": "全部", "title_en": "All", "children": [hours, _any_of(exam, credit)]}
    assert kinds_needed(LevelFactory(requirements=tree)) == {FactKind.CLASS_HOURS}
    assert kinds_needed(LevelFactory()) == frozenset()
