import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.validators.folding import fold, fold_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("买买提·艾力", "买买提・艾力"),
        ("买买提·艾力", "买买提• 艾力"),
        ("段 文博", "段文博"),
        ("ＤＵＡＮ Ｗenbo", "duan wenbo"),
        ("\u200b段文博", "段文博"),
    ],
)
def test_spellings_of_one_name_come_out_the_same(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_different_names_stay_different() -> None:
    assert fold_name("段文博") != fold_name("段文搏")


@given(st.text(alphabet=st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Mn", "Mc"]), max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
