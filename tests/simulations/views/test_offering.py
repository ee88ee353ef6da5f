from types import SimpleNamespace
from uuid import uuid4

import pytest

from simulations.selectors.attempts import Record
from simulations.views.offering import shelf

pytestmark = pytest.mark.unit


def _offer(key: int, code: str, level: str, *roles: str):
    return SimpleNamespace(pk=key, code=code, level=level), {"title": code.upper(), "roles": roles}


OFFERS = [
    _offer(1, "one", "junior", "research"),
    _offer(2, "two", "junior", "capital"),
    _offer(3, "three", "senior", "market"),
]


def _shelf(records=None, assigned=(), role="", level="senior"):
    return shelf(offers=OFFERS, records=records or {}, assigned=assigned, role=role, level=level)


def test_cases_stand_by_level_and_the_own_level_is_named() -> None:
    assert [(board.level, board.is_own, len(board.offers)) for board in _shelf().boards] == [
        ("junior", False, 2),
        ("senior", True, 1),
    ]


def test_a_role_leaves_the_cases_of_its_side_and_an_unknown_one_leaves_all() -> None:
    assert [offer.version.code for board in _shelf(role="capital").boards for offer in board.offers] == ["two"]
    assert sum(len(board.offers) for board in _shelf(role="<b>").boards) == 3


def test_an_open_table_comes_first_then_what_is_set_then_the_own_level() -> None:
    set_two = SimpleNamespace(assignment=SimpleNamespace(scenario_version_id=2), may_begin=True, deadline=1)
    open_one = {"one": Record(attempts=1, open_uid=uuid4())}

    assert _shelf(records=open_one, assigned=[set_two]).next.title == "ONE"
    assert _shelf(assigned=[set_two]).next.title == "TWO"
    assert _shelf().next.title == "THREE"
    assert _shelf(level="").next.title == "ONE"


def test_nothing_comes_next_when_all_is_passed() -> None:
    passed = {offer.code: Record(attempts=1, passed=True) for offer, _case in OFFERS}
    assert _shelf(records=passed).next is None
    assert [board.passed for board in _shelf(records=passed).boards] == [2, 1]
