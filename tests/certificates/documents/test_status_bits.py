import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.documents.status_bits import NotAStatusList, bit_at, pack

pytestmark = pytest.mark.unit


@given(st.sets(st.integers(0, 131_071), max_size=40), st.integers(0, 131_071))
def test_exactly_the_packed_places_are_set(places: set[int], other: int) -> None:
    encoded = pack(places, capacity=131_072)
    assert all(bit_at(encoded, place) for place in places)
    assert bit_at(encoded, other) == (other in places)


def test_the_first_place_is_the_left_bit_of_the_first_byte() -> None:
    """The example of the specification: an empty list of 131,072 places is a short text that begins with uH4sI."""
    assert pack([], capacity=131_072).startswith("uH4sI")
    assert len(pack([], capacity=131_072)) < 200


@pytest.mark.parametrize("encoded", ["", "zabc", "u", "u!!!!", "uAAAA"])
def test_anything_else_is_no_list(encoded: str) -> None:
    with pytest.raises(NotAStatusList):
        bit_at(encoded, 0)


def test_a_place_beyond_the_list_is_not_clear_but_unknown() -> None:
    with pytest.raises(NotAStatusList):
        bit_at(pack([], capacity=131_072), 131_072)
