"""The part of a text around the hit, with the hit marked and everything else escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.foundation.selectors.excerpts import BEFORE, LENGTH, Asked

pytestmark = pytest.mark.unit

LONG = "前文。" * 60 + "深度学习模型需要大量训练数据。" + "后文。" * 60


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("训练", "深度学习需要训练数据", "深度学习需要<mark>训练</mark>数据"),
        ("训练数据集", "训练的数据很多", "<mark>训练</mark>的<mark>数据</mark>很多"),
        ("ＴＲＡＩＮ", "Training data, trains", "<mark>Training</mark> data, <mark>trains</mark>"),
        ("rain", "Training", "Training"),
        ("cafe", "Café ﬁne", "<mark>Café</mark> ﬁne"),
        ("𠮷", "𠮷野家", "<mark>𠮷</mark>野家"),
        ("训练", "训\u200b练", "<mark>训\u200b练</mark>"),
        ("专利 许可", "许可专利", "<mark>许可</mark><mark>专利</mark>"),
        ("。", "专利。", "专利。"),
        ("<b>", "a <b> & b", "a &lt;<mark>b</mark>&gt; &amp; <mark>b</mark>"),
    ],
)
def test_hits_are_marked_and_the_rest_is_escaped(asked: str, text: str, marked: str) -> None:
    assert Asked(asked).marked(text) == marked


def test_an_excerpt_begins_at_the_sentence_of_the_hit() -> None:
    said = Asked("训练").excerpt(LONG, "zh-hans")
    assert said.startswith("…前文。")
    assert "深度学习模型需要大量<mark>训练</mark>数据。" in said
    assert said.endswith("…")


def test_an_english_excerpt_ends_with_a_whole_word() -> None:
    said = Asked("licence").excerpt("The licence " + "remains valid " * 60, "en")
    assert said.startswith("The <mark>licence</mark> remains")
    assert said.endswith(("remains…", "valid…"))


def test_without_a_hit_the_beginning_is_shown_and_a_short_text_is_whole() -> None:
    assert Asked("区块链").excerpt(LONG, "zh-hans") == LONG[: LENGTH["zh-hans"]] + "…"
    assert Asked("区块链").excerpt("短文。", "zh-hans") == "短文。"


def test_a_hit_near_the_end_is_shown_with_what_stands_before_it() -> None:
    said = Asked("末尾").excerpt("前文，" * 60 + "末尾", "zh-hans")
    assert said.endswith("<mark>末尾</mark>")
    assert len(said) > LENGTH["zh-hans"] - BEFORE


@given(st.text(max_size=300), st.text(max_size=10))
def test_any_text_is_shown_with_its_first_hit_in_sight(text: str, asked: str) -> None:
    question = Asked(asked)
    for language in LENGTH:
        said = question.excerpt(text, language)
        assert ("<mark>" in said) is bool(question.spans(text))
