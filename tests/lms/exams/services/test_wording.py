import pytest
from django.utils import translation

from lms.exams.services.wording import differences, key_lines
from tests.factories.bank import make_item

pytestmark = pytest.mark.unit
RIGHT = {
    "single": ["乙"],
    "multiple": ["甲", "丙"],
    "true-false": ["正确"],
    "fill-in": ["1. 十五 / 15"],
    "numeric": ["47 万元", "Tolerance: 0.5 万元"],
    "matching": ["甲 → 许可", "乙 → 转让"],
    "ordering": ["1. 丙", "2. 甲", "3. 乙"],
    "essay": ["权属 (4)", "4: 说明权属和依据", "0: 没有提到"],
}


@pytest.mark.parametrize("kind", RIGHT)
def test_every_key_is_said_in_words(kind: str) -> None:
    with translation.override("en"):
        assert key_lines(make_item(kind)) == RIGHT[kind]


def test_two_versions_differ_in_what_was_changed_and_nothing_else() -> None:
    with translation.override("en"):
        found = differences(make_item(), make_item(stem="哪一项错误？", key={"option": "a"}, difficulty="hard"))
        told = {str(change.label): (change.before, change.after) for change in found}
    assert told == {"Question": ("哪一项正确？", "哪一项错误？"), "Key": ("乙", "甲"), "Difficulty": ("Easy", "Hard")}
    assert differences(make_item(), make_item()) == []
