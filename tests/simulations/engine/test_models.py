"""Declared models compute, and what is none is refused."""

import pytest

from simulations.engine.models import BadModel, evaluate, irr, names, npv

pytestmark = pytest.mark.unit


def test_net_present_value_and_rate_of_return_agree():
    flows = [-100, 60, 60]
    rate = irr(flows)
    assert rate == pytest.approx(0.1307, abs=1e-4)
    assert npv(rate, flows) == pytest.approx(0, abs=1e-6)
    assert irr([1, 1]) is None


def test_the_first_flow_is_not_discounted():
    assert npv(0.1, [100, 110, 121]) == pytest.approx(300)
    assert npv(0.1, []) == 0


@pytest.mark.parametrize(
    ("model", "value"),
    [
        (3, 3),
        ("a", 2),
        ({"add": ["a", 1, 1]}, 4),
        ({"sub": [10, "a", 3]}, 5),
        ({"div": [{"mul": ["a", 6]}, 4]}, 3),
        ({"min": ["a", 1]}, 1),
        ({"max": ["a", 1]}, 2),
        ({"npv": {"rate": 0, "flows": [1, "a", 3]}}, 6),
    ],
)
def test_a_model_is_computed(model, value):
    assert evaluate(model, {"a": 2.0}) == value


@pytest.mark.parametrize(
    "wrong",
    [
        {"pow": [1, 2]},
        {"div": [1, 0]},
        "b",
        {"add": []},
        {},
        {"add": 3},
        {"npv": [1]},
        {"npv": {"rate": 0.1}},
        {"add": [1], "sub": [1]},
    ],
)
def test_what_is_no_model_is_refused(wrong):
    with pytest.raises(BadModel):
        evaluate(wrong, {"a": 2})


def test_a_model_names_what_it_asks_for():
    assert names({"npv": {"rate": "r", "flows": ["a", {"mul": ["b", 2]}]}}) == {"r", "a", "b"}
