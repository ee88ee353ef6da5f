from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from lms.records.validators import NotCanonical, canonical_json

pytestmark = pytest.mark.unit

UNHURRIED = examples(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_names_are_sorted_and_nothing_is_wasted() -> None:
    spelled = canonical_json({"名": "段文博", "a": [1, None, True], "B": {}})
    assert spelled == '{"B":{},"a":[1,null,true],"名":"段文博"}'.encode()


@UNHURRIED
@given(st.dictionaries(TEXT, VALUES, min_size=2))
def test_the_order_in_which_names_were_given_does_not_matter(value: dict) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


@UNHURRIED
@given(VALUES, VALUES)
def test_two_spellings_are_alike_only_for_equal_values(one: object, other: object) -> None:
    assert (canonical_json(one) == canonical_json(other)) == (repr_exactly(one) == repr_exactly(other))


def repr_exactly(value: object) -> object:
    """True and 1 are equal in Python and are not in JSON."""
    if isinstance(value, dict):
        return {key: repr_exactly(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [repr_exactly(inner) for inner in value]
    return type(value), value


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"points": 2.5}, r"\$\.points: float"),
        ({"points": Decimal("2.50")}, r"\$\.points: Decimal"),
        ({"at": [datetime(2026, 11, 22, tzinfo=UTC)]}, r"\$\.at\[0\]: datetime"),
        ({1: "one"}, r"the name 1 is not text"),
        ({"a": {"b": "\x00"}}, r"\$\.a\.b: the text holds a sign"),
        ({"\ud800": 1}, r"the text holds a sign"),
    ],
)
def test_what_has_no_single_spelling_is_refused_with_its_place(value: dict, where: str) -> None:
    with pytest.raises(NotCanonical, match=where):
        canonical_json(value)
