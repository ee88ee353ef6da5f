import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.records.services.commitments import commit, new_salt, opens
from lms.records.validators import NotCanonical

pytestmark = pytest.mark.unit

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(WORDS, WORDS, WORDS, WORDS)
def test_only_the_same_salt_and_words_open_a_commitment(salt: str, text: str, other_salt: str, other: str) -> None:
    same = (salt, text) == (other_salt, other)
    assert (commit(salt, text) == commit(other_salt, other)) == same
    assert opens(other_salt, other, commit(salt, text)) == same
    assert opens(salt, text, commit(salt, text))


def test_salts_are_long_and_never_the_same() -> None:
    salts = {new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {64}


def test_words_that_no_database_keeps_are_not_committed_to() -> None:
    with pytest.raises(NotCanonical):
        commit(new_salt(), "a\x00b")
