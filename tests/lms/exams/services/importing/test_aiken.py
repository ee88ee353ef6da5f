import pytest
from django.utils.translation import override

from lms.exams.enums import QuestionFormat
from lms.exams.services.importing.files import CutShort
from lms.exams.services.importing.gathering import Entry
from lms.exams.services.importing.reading import read_questions

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def read(text: str, encoding: str = "utf-8") -> list[Entry]:
    return read_questions(text.encode(encoding), QuestionFormat.AIKEN)


def test_both_marks_behind_a_letter_and_several_questions() -> None:
    first, second = read("谁先受让？\nA. 买方\nB. 完成人\nANSWER: B\n\n期限？\nA) 十年\nB) 二十年\nC) 无\nANSWER: B\n")
    assert (first.item.stem, first.item.key.option, [o.text for o in first.item.options]) == (
        "谁先受让？",
        "b",
        ["买方", "完成人"],
    )
    assert [option.text for option in second.item.options] == ["十年", "二十年", "无"]


def test_the_writers_letters_stay() -> None:
    (entry,) = read("谁？\nA. 甲\nB. 乙\nANSWER: A")
    assert entry.item.key.option == "a"


def test_full_width_letters_and_a_chinese_answer_line() -> None:
    (entry,) = read("谁？\nＡ．甲\nＢ．乙\n答案：Ｂ", "gb18030")
    assert (entry.item.key.option, [option.text for option in entry.item.options]) == ("b", ["甲", "乙"])


def test_right_and_wrong_are_a_true_or_false_question() -> None:
    (entry,) = read("要登记。\nA. 正确\nB. 错误\nANSWER: B")
    assert (entry.item.kind, entry.item.key.option) == ("true-false", "false")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("谁？\nA. 甲\nB. 乙\n\n下一题？\nA. 甲\nB. 乙\nANSWER: A", "The line “ANSWER:”"),
        ("谁？\nA. 甲\nB. 乙\nANSWER: D", "“D” is none of the letters"),
        ("谁？\nA. 甲\nB. 乙\nANSWER: A, B", "Aiken holds one right answer"),
        ("谁？\nA. 甲\nA. 乙\nANSWER: A", "Two answers have the letter “A”."),
        ("ANSWER: A", "There are answers, and no question before them."),
    ],
)
def test_a_wrong_question_is_told_by_its_line(text: str, said: str) -> None:
    wrong = read(text)[0]
    assert wrong.place == "line 1"
    assert wrong.error.startswith(said)


def test_half_a_file_is_refused_as_a_whole() -> None:
    with pytest.raises(CutShort):
        read("谁？\nA. 甲\nB. 乙\nANSWER: A\n\n期限？\nA. 十年\nB. 二")
