"""The tree against the definition of RFC 6962, written down a second time as the RFC has it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.records.services.merkle import EMPTY, leaf_hash, path_of, root_by, root_of

pytestmark = pytest.mark.unit

SIZES = st.integers(1, 70)


def leaves(size: int) -> list[str]:
    return [leaf_hash([f"owner {number}", number]) for number in range(size)]


def by_the_rfc(hashes: list[str]) -> str:
    """MTH: split at the largest power of two below the number of leaves."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    left, right = by_the_rfc(hashes[:split]), by_the_rfc(hashes[split:])
    return sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def test_a_leaf_is_hashed_as_a_leaf() -> None:
    assert leaf_hash(["a", 1]) == sha256(b'\x00["a",1]').hexdigest()
    assert root_of([]) == EMPTY


@given(SIZES)
def test_the_root_is_the_rfc_s(size: int) -> None:
    assert root_of(leaves(size)) == by_the_rfc(leaves(size))


@given(SIZES, st.data())
def test_every_leaf_proves_itself(size: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    path = path_of(hashes, place)
    assert root_by(hashes[place], place=place, size=size, path=path) == root_of(hashes)
    assert len(path) <= (size - 1).bit_length()


@given(st.integers(2, 70), st.data())
def test_no_other_leaf_place_or_path_proves_it(size: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    path, root = path_of(hashes, place), root_of(hashes)
    assert root_by(leaf_hash(["forged", 1]), place=place, size=size, path=path) != root
    assert root_by(hashes[place], place=place, size=size, path=path[1:]) is None
    assert root_by(hashes[place], place=place, size=size, path=[*path, EMPTY]) is None
    assert root_by(hashes[place], place=size, size=size, path=path) is None
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != place))
    assert root_by(hashes[place], place=other, size=size, path=path) != root
