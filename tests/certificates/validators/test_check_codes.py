import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.validators.check_codes import ALPHABET, grouped, new_check_code, read_check_code, same_code

pytestmark = pytest.mark.unit

codes = st.text(alphabet=ALPHABET, min_size=10, max_size=10)


def test_a_code_has_ten_characters_that_nobody_confuses() -> None:
    made = [new_check_code() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in made)
    assert not set("ILOU") & set(ALPHABET)


@given(codes)
def test_a_code_is_read_as_it_is_printed(code: str) -> None:
    assert read_check_code(grouped(code).lower()) == code


def test_lookalikes_are_read_as_what_they_look_like() -> None:
    assert read_check_code("oO1iIlLABC") == "0011111ABC"


@pytest.mark.parametrize("typed", ["", "7KQ4", "7KQ4M9XD2R7", "7KQ4M9XD2U", "七KQ4M9XD2R"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert read_check_code(typed) == ""


def test_an_empty_code_never_matches() -> None:
    assert not same_code("", "")
    assert same_code("7KQ4M9XD2R", "7KQ4M9XD2R")
    assert not same_code("7KQ4M9XD2R", "7KQ4M9XD2S")
