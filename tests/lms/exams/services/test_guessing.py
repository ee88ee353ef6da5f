"""No trick answers the questions of the house, and a trick that would is found."""

import pytest

from lms.exams.services.bank_file import Item, read_bank
from lms.exams.services.guessing import FEW, guesses

pytestmark = pytest.mark.unit


def question(number: int, key: str, texts: list[str]) -> Item:
    options = [{"id": name, "text": text} for name, text in zip("abcd", texts, strict=True)]
    return Item.model_validate(
        {
            "ref": f"q-{number}",
            "kind": "single",
            "topic": "topic",
            "difficulty": "easy",
            "stem": "题干",
            "options": options,
            "key": {"option": key},
            "explanation": "解析",
            "source": "出处",
        }
    )


def found(items: list[Item]) -> set[str]:
    return {guess.trick for guess in guesses(items) if guess.works}


@pytest.mark.parametrize("level", ["junior", "intermediate", "senior"])
def test_no_trick_answers_the_questions_of_a_level(level: str) -> None:
    items = list(read_bank(level).every_item())
    assert len(items) >= 100
    assert [guess for guess in guesses(items) if guess.works] == []


def test_a_key_that_always_stands_first_is_found() -> None:
    assert found([question(n, "a", ["甲", "乙", "丙", "丁"]) for n in range(FEW)]) == {"always number 1"}


def test_a_key_that_is_always_the_longest_is_found() -> None:
    turns = "abcd" * 3
    items = [question(n, key, ["答得仔细" if key == name else "答" for name in "abcd"]) for n, key in enumerate(turns)]
    assert found(items) == {"longest"}


def test_words_of_certainty_in_wrong_options_are_found() -> None:
    turns = "abcd" * 3
    items = [
        question(n, key, ["可以商量" if key == name else "必须照办" for name in "abcd"]) for n, key in enumerate(turns)
    ]
    assert found(items) == {"no word of certainty"}


def test_a_few_questions_prove_no_habit() -> None:
    assert found([question(n, "a", ["甲", "乙", "丙", "丁"]) for n in range(FEW - 1)]) == set()
