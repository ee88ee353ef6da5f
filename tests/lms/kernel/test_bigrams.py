"""What is kept is found: the one helper that cuts texts when they are saved and when they are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.bigrams import LONGEST_WORD, MOST_TERMS, Term, bigrams, folded, index_text, query_terms

pytestmark = pytest.mark.unit

IDEOGRAPHS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.sampled_from("𬱖𠮷㛃䶮專訓練"),
)
CHINESE = st.text(IDEOGRAPHS, min_size=2, max_size=40)
ANYTHING = st.text(st.characters(), max_size=200)  # surrogates too


def found(asked: str, text: str) -> bool:
    """Whether an index that keeps `text` answers to `asked`."""
    kept = bigrams(text)
    return all(
        any(word.startswith(term.text) if term.prefix else word == term.text for word in kept)
        for term in query_terms(asked)
    )


def test_a_word_inside_a_sentence_is_found() -> None:
    assert found("训练", "深度学习模型需要大量训练数据")
    assert found("训练数据", "深度学习模型需要大量训练数据")
    assert not found("练训", "深度学习模型需要大量训练数据")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("训练数据", "训练 练数 数据 据"),
        ("权", "权"),
        ("技术，转移", "技术 术 转移 移"),
        ("ＡＩ专利２０２４年", "ai 专利 利 2024 年"),
        ("Licence No. 12-34", "licence no 12 34"),
        ("Café ﬁt", "cafe fit"),
        ("训\u200b练", "训练 练"),
        ("𬱖技", "u02cc56技 技"),
        ("好🚀", "好u01f680 u01f680"),
        ("訓練", "訓練 練"),
        ("！？ …—", ""),
    ],
)
def test_a_text_is_kept_under_its_words_and_pairs(text: str, kept: str) -> None:
    assert index_text(text) == kept


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("训练数据", [Term("训练"), Term("练数"), Term("数据")]),
        ("权", [Term("权", prefix=True)]),
        ("licen", [Term("licen", prefix=True)]),
        ("C", [Term("c")]),
        ("训练 训练", [Term("训练")]),
        ('"*" AND', [Term("and", prefix=True)]),
        ("。", []),
    ],
)
def test_a_question_asks_for_pairs_beginnings_and_whole_letters(asked: str, terms: list[Term]) -> None:
    assert query_terms(asked) == terms


@given(CHINESE, st.data())
def test_any_two_neighbours_and_more_of_a_text_find_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert found(text[start:end], text)


@given(CHINESE, st.data())
def test_each_single_character_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    assert found(data.draw(st.sampled_from(text)), text)


@given(ANYTHING)
def test_every_text_finds_itself(text: str) -> None:
    assert found(text, text)


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(ANYTHING)
def test_every_word_is_whole_for_any_engine(text: str) -> None:
    for word in bigrams(text):
        assert word
        assert all((char.isascii() and char.isalnum()) or "\u3041" <= char <= "\ud7a3" for char in word)


def test_a_question_without_end_is_cut_short() -> None:
    assert len(query_terms("".join(chr(0x4E00 + n) for n in range(10_000)))) == MOST_TERMS
    assert query_terms("x" * 10_000) == [Term("x" * LONGEST_WORD, prefix=True)]
