from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exams.enums import QuestionKind
from lms.exams.validators import NotAnAnswer, clean_answer

pytestmark = pytest.mark.unit

ABCD = ["a", "b", "c", "d"]
ITEMS: dict[str, dict[str, Any]] = {
    "single": {"options": ABCD},
    "multiple": {"options": ABCD},
    "true-false": {"options": ["true", "false"]},
    "fill-in": {"options": [], "blanks": 2},
    "numeric": {"options": []},
    "matching": {"options": ["a", "b"], "choices": ["x", "y", "z"]},
    "ordering": {"options": ABCD},
    "essay": {"options": [], "limit": 100},
}
UNITS = {"kind": "numeric", "options": [], "units": {"wan": "1", "yuan": "0.0001"}}


def item(kind: str) -> dict[str, Any]:
    return {"kind": kind, **ITEMS[kind]}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("single", "b", "b"),
        ("multiple", ["c", "a", "c"], ["a", "c"]),
        ("multiple", [], None),
        ("true-false", "false", "false"),
        ("fill-in", ["　三十 ", ""], ["三十", ""]),
        ("fill-in", ["", " "], None),
        ("numeric", "１２，０００.50", "12000.5"),
        ("numeric", " ", None),
        ("matching", {"b": "x", "a": "z"}, {"a": "z", "b": "x"}),
        ("matching", {}, None),
        ("ordering", ["d", "a"], ["d", "a"]),
        ("essay", "第一行\r\n第二行", "第一行\n第二行"),
        ("essay", "价格\u202e是\u200b十\x00万", "价格是十万"),
        ("essay", "", None),
    ],
)
def test_an_answer_is_kept_in_one_form(kind: str, typed: Any, kept: Any) -> None:
    assert clean_answer(item(kind), typed) == kept
    assert clean_answer(item(kind), kept) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("single", "e"),
        ("single", ["a"]),
        ("multiple", "a"),
        ("multiple", ["a", "e"]),
        ("multiple", ["a"] * 5),
        ("fill-in", ["三十"]),
        ("fill-in", ["三十", 5]),
        ("fill-in", ["长" * 201, ""]),
        ("numeric", "十五"),
        ("numeric", True),
        ("numeric", {"number": "1", "unit": "wan"}),
        ("matching", {"a": "w"}),
        ("matching", {"e": "x"}),
        ("matching", [["a", "x"]]),
        ("ordering", ["a", "a"]),
        ("ordering", ["e"]),
        ("essay", "长" * 201),
        ("essay", 5),
    ],
)
def test_what_cannot_be_an_answer_is_refused(kind: str, typed: Any) -> None:
    with pytest.raises(NotAnAnswer):
        clean_answer(item(kind), typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"number": "4，700", "unit": "yuan"}, {"number": "4700", "unit": "yuan"}),
        ({"number": "47", "unit": ""}, {"number": "47", "unit": ""}),
        ({"number": "", "unit": ""}, None),
    ],
)
def test_a_number_with_a_unit_to_choose_keeps_both(typed: Any, kept: Any) -> None:
    assert clean_answer(UNITS, typed) == kept


@pytest.mark.parametrize("typed", ["47", {"number": "47"}, {"number": "47", "unit": "mu"}])
def test_a_number_without_its_unit_is_refused_where_one_is_to_be_chosen(typed: Any) -> None:
    with pytest.raises(NotAnAnswer):
        clean_answer(UNITS, typed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=5),
    max_leaves=12,
)


@given(kind=st.sampled_from(QuestionKind.values), typed=JSON)
def test_whatever_is_sent_is_refused_or_kept_in_its_last_form(kind: str, typed: Any) -> None:
    try:
        kept = clean_answer(item(kind), typed)
    except NotAnAnswer:
        return
    assert clean_answer(item(kind), kept) == kept
