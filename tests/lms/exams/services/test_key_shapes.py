from typing import Any

import pytest

from lms.exams.services.key_shapes import Key, RubricDraft, check_key, rubric_points

pytestmark = pytest.mark.unit

RUBRIC = {
    "criteria": [
        {
            "id": "facts",
            "title": "事实",
            "max": "4",
            "levels": [{"points": "4", "text": "全"}, {"points": "0", "text": "无"}],
        },
        {
            "id": "law",
            "title": "依据",
            "max": "6.5",
            "levels": [{"points": "6.5", "text": "准"}, {"points": "0", "text": "错"}],
        },
    ]
}
WORSE = {"criteria": [{**RUBRIC["criteria"][0], "max": "5"}]}


def fits(kind: str, key: dict[str, Any], stem: str = "题干") -> None:
    check_key(kind, Key.model_validate(key), options=["a", "b", "c"], choices=["x", "y", "z"], stem=stem)


@pytest.mark.parametrize(
    ("kind", "key", "stem"),
    [
        ("single", {"option": "a"}, "题干"),
        ("multiple", {"options": ["a", "c"]}, "题干"),
        ("fill-in", {"blanks": [["三十"], ["工作日"]]}, "{{1}}个{{2}}"),
        ("numeric", {"value": "12", "tolerance_percent": "1"}, "题干"),
        ("matching", {"pairs": {"a": "x", "b": "y", "c": "z"}}, "题干"),
        ("ordering", {"order": ["c", "b", "a"]}, "题干"),
        ("essay", {"rubric": RUBRIC}, "题干"),
    ],
)
def test_a_key_fits_its_kind(kind: str, key: dict[str, Any], stem: str) -> None:
    fits(kind, key, stem)


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [
        ("single", {"option": "d"}, "names one of two options"),
        ("single", {"options": ["a"]}, "names one of two options"),
        ("multiple", {"options": []}, "names its right options"),
        ("multiple", {"options": ["a", "d"]}, "names its right options"),
        ("fill-in", {"blanks": [["三十"], ["工作日"]]}, "marks its blanks"),
        ("numeric", {"value": "十二"}, "is a number"),
        ("numeric", {"tolerance": "1"}, "is a number|is a value"),
        ("numeric", {"value": "1", "option": "a"}, "is a value"),
        ("matching", {"pairs": {"a": "x"}}, "one choice for each option"),
        ("matching", {"pairs": {"a": "x", "b": "y", "c": "w"}}, "one choice for each option"),
        ("ordering", {"order": ["c", "b"]}, "every option once"),
        ("essay", {"model": "要点"}, "has a rubric"),
        ("essay", {"rubric": WORSE}, "worth its points"),
    ],
)
def test_a_key_that_does_not_fit_is_told_why(kind: str, key: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        fits(kind, key)


def test_a_rubric_is_worth_the_sum_of_its_criteria() -> None:
    assert str(rubric_points(RubricDraft.model_validate(RUBRIC))) == "10.5"
