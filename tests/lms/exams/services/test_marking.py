from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exams.services.marking import share_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("kind", "accepted", "answer", "share"),
    [
        ("single", {"option": "b"}, "b", "1"),
        ("single", {"option": "b"}, "a", "0"),
        ("multiple", {"options": ["a", "c"]}, ["a", "c"], "1"),
        ("multiple", {"options": ["a", "c"]}, ["a"], "0"),
        ("multiple", {"options": ["a", "c"]}, ["a", "b", "c"], "0"),
        ("true-false", {"option": "false"}, "false", "1"),
        ("fill-in", {"blanks": [["三十", "30"], ["工作日"]]}, ["３０", "工作日。"], "1"),
        ("fill-in", {"blanks": [["三十", "30"], ["工作日"]]}, ["三十", "天"], "0.5"),
        ("fill-in", {"blanks": [["1.5"]]}, ["15"], "0"),
        ("fill-in", {"blanks": [["12000"]]}, ["12,000"], "1"),
        ("fill-in", {"blanks": [["TRL"]]}, [" trl "], "1"),
        ("numeric", {"value": "470000", "tolerance": "0.5"}, "470000.5", "1"),
        ("numeric", {"value": "470000", "tolerance": "0.5"}, "470001", "0"),
        ("numeric", {"value": "200", "tolerance_percent": "1"}, "198", "1"),
        ("numeric", {"value": "-200", "tolerance_percent": "1"}, "-203", "0"),
        ("matching", {"pairs": {"a": "x", "b": "y", "c": "z"}}, {"a": "x", "b": "z"}, "0.333"),
        ("matching", {"pairs": {"a": "x", "b": "y"}}, {"a": "x", "b": "y"}, "1"),
        ("ordering", {"order": ["c", "a", "b"]}, ["c", "a", "b"], "1"),
        ("ordering", {"order": ["c", "a", "b"]}, ["c", "a"], "0"),
    ],
)
def test_an_answer_earns_its_share_by_the_key(kind: str, accepted: Any, answer: Any, share: str) -> None:
    earned = share_of({"kind": kind}, answer, accepted)
    assert earned.quantize(Decimal("0.001")) == Decimal(share)


@pytest.mark.parametrize(
    ("number", "unit", "share"),
    [("47", "wan", 1), ("470000", "yuan", 1), ("47", "yuan", 0), ("47", "", 0), ("", "wan", 0)],
)
def test_a_number_counts_in_the_unit_that_was_chosen(number: str, unit: str, share: int) -> None:
    item = {"kind": "numeric", "units": {"wan": "1", "yuan": "0.0001"}}
    assert share_of(item, {"number": number, "unit": unit}, {"value": "47"}) == share


@given(kind=st.sampled_from(["single", "multiple", "fill-in", "numeric", "matching", "ordering"]))
def test_an_open_question_earns_nothing(kind: str) -> None:
    assert share_of({"kind": kind}, None, {}) == 0


@given(
    keys=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), min_size=1),
    answer=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")),
)
def test_a_matching_never_earns_more_than_its_points(keys: dict[str, str], answer: dict[str, str]) -> None:
    share = share_of({"kind": "matching"}, answer, {"pairs": keys})
    assert 0 <= share <= 1
    assert (share == 1) == all(answer.get(left) == right for left, right in keys.items())
