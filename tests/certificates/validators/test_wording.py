import pytest

from certificates.validators.wording import RESERVED_WORDS, reserved_words_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("word", RESERVED_WORDS)
def test_every_reserved_word_is_found(word: str) -> None:
    assert word in reserved_words_in(f"技术经理人{word}证书")


def test_spaces_and_width_do_not_hide_a_word() -> None:
    assert reserved_words_in("国 家技术转移") == ["国家"]
    assert reserved_words_in("Ｎational Certificate") == ["National"]


def test_a_word_with_a_legal_basis_may_stand() -> None:
    assert reserved_words_in("国家技术转移人才培养基地", allowed=["国家"]) == []


def test_plain_wording_is_free() -> None:
    assert reserved_words_in("技术经理人培训考核证书 初级技术经纪人 International exchange") == []
