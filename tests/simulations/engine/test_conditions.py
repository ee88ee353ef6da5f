"""The tiny language of conditions: what it takes, what it refuses, and that no bound makes it fall over."""

import pytest

from simulations.engine.conditions import _shaped, holds, keys
from simulations.engine.state import State

pytestmark = pytest.mark.unit


@pytest.fixture
def st() -> State:
    seen = {"flag:nda": (3,), "move:sign_nda": (2,), "done:share": (7,), "fact:f": (5,)}
    return State(seen=seen, deal={"price": 50, "kind": "strict"}, answers={"fit": {"value": "yes"}}, partner="seller")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ({"flag": "nda"}, True),
        ({"moved": "sign_nda"}, True),
        ({"moved": "test"}, False),
        ({"not": {"fact": "f"}}, False),
        ({"before": ["move:sign_nda", "done:share"]}, True),
        ({"before": ["done:share", "flag:nda"]}, False),
        ({"before": ["flag:nda", "flag:never"]}, False),
        ({"struck": True}, True),
        ({"partner": "seller"}, True),
        ({"deal": {"price": {"ge": 50, "lt": 51}}}, True),
        ({"deal": {"kind": {"is": "strict"}}}, True),
        ({"deal": {"kind": {"ge": 3}}}, False),
        ({"deal": {"other": {"ge": 3}}}, False),
        ({"assess": {"fit": {"in": ["yes", "no"]}}}, True),
        ({"assess": {"fit": {"gt": 1}}}, False),
        ({"all": [{"flag": "nda"}, {"any": [{"flag": "x"}, {"fact": "f"}]}]}, True),
    ],
)
def test_a_condition_holds_or_not(st, condition, expected):
    assert holds(condition, st) is expected
    assert all(isinstance(key, str) for key in keys(condition))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"fact": "f", "flag": "g"},
        {"fleg": "x"},
        {"fact": 3},
        {"struck": "yes"},
        {"not": {"nope": 1}},
        {"all": []},
        {"any": "x"},
        {"before": ["one"]},
        {"before": ["one", 2]},
        {"deal": {}},
        {"deal": {"price": {}}},
        {"deal": {"price": {"near": 3}}},
        {"deal": {"price": {"ge": "three"}}},
        {"deal": {"price": {"ge": True}}},
        {"deal": {"kind": {"in": "strict"}}},
        {"assess": {"fit": 3}},
        [],
        "flag",
    ],
)
def test_what_is_no_condition_is_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        _shaped(wrong)
