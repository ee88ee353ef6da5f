"""Moodle XML as Moodle publishes it, type by type; the samples are our own."""

import base64

import pytest
from django.utils.translation import override

from lms.exams.enums import QuestionFormat
from lms.exams.services.importing.files import NothingThere, QuestionsTooLarge, QuestionsUnreadable
from lms.exams.services.importing.gathering import Entry
from lms.exams.services.importing.reading import read_questions
from lms.exams.services.importing.xml_tree import DoctypeRefused, NotWellFormed, TooDeep
from tests.factories.bank import a_picture

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def read(*questions: str) -> list[Entry]:
    text = f'<?xml version="1.0" encoding="UTF-8"?><quiz>{"".join(questions)}</quiz>'
    return read_questions(text.encode(), QuestionFormat.MOODLE_XML)


def question(kind: str, inner: str, text: str = "谁？", name: str = "题") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text>{text}</text></questiontext>{inner}</question>'
    )


def answer(fraction: str, text: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def one(kind: str, inner: str, text: str = "谁？") -> Entry:
    (entry,) = read(question(kind, inner, text))
    return entry


def test_a_single_choice() -> None:
    item = one("multichoice", "<single>true</single>" + answer("0", "甲") + answer("100", "乙")).item
    assert (item.kind, [option.text for option in item.options], item.key.option) == ("single", ["甲", "乙"], "b")


def test_a_multiple_choice_tells_what_was_worth_part_of_the_points() -> None:
    entry = one("multichoice", "<single>false</single>" + answer("-50", "甲") + answer("50", "乙") + answer("50", "丙"))
    assert (entry.item.kind, entry.item.key.options) == ("multiple", ["b", "c"])
    assert any(note.startswith("Part of the points") for note in entry.notes)


def test_true_or_false() -> None:
    item = one("truefalse", answer("0", "true") + answer("100", "false")).item
    assert (item.kind, item.key.option) == ("true-false", "false")


def test_a_short_answer_fills_the_gap_of_its_words() -> None:
    entry = one("shortanswer", "<usecase>1</usecase>" + answer("100", "登记"), text="自____之日起")
    assert (entry.item.stem, entry.item.key.blanks) == ("自{{1}}之日起", [["登记"]])
    assert "There upper and lower case counted; here it does not." in entry.notes


def test_a_number_with_units_counts_in_the_unit_that_multiplies_by_one() -> None:
    units = "".join(
        f"<unit><multiplier>{multiplier}</multiplier><unit_name>{name}</unit_name></unit>"
        for name, multiplier in (("kW", "0.001"), ("W", "1"))
    )
    item = one("numerical", answer("100", "5500", "<tolerance>10</tolerance>") + f"<units>{units}</units>").item
    assert [(unit.text, unit.factor) for unit in item.units] == [("W", "1"), ("kW", "1000")]
    assert (item.key.value, item.key.tolerance) == ("5500", "10")


def test_one_unit_stands_behind_the_field() -> None:
    unit = "<units><unit><multiplier>1</multiplier><unit_name>万元</unit_name></unit></units>"
    item = one("numerical", answer("100", "47") + unit).item
    assert (item.unit, item.units) == ("万元", [])


def test_a_unit_whose_factor_cannot_be_written_is_an_error() -> None:
    units = "".join(
        f"<unit><multiplier>{multiplier}</multiplier><unit_name>u{multiplier}</unit_name></unit>"
        for multiplier in ("1", "3")
    )
    assert "u3" in one("numerical", answer("100", "1") + f"<units>{units}</units>").error


def test_a_matching_with_a_spare_choice() -> None:
    def part(left: str, right: str) -> str:
        return f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"

    item = one("matching", part("许可", "使用") + part("转让", "换主") + part("", "注销")).item
    named = {choice.id: choice.text for choice in item.choices}
    assert {option.text: named[item.key.pairs[option.id]] for option in item.options} == {
        "许可": "使用",
        "转让": "换主",
    }
    assert "注销" in named.values()


def test_an_ordering_does_not_tell_its_order_by_its_letters() -> None:
    item = one("ordering", "".join(answer(str(at), step) for at, step in enumerate(("查", "谈", "签", "报"), 1))).item
    named = {option.id: option.text for option in item.options}
    assert [named[name] for name in item.key.order] == ["查", "谈", "签", "报"]
    assert item.key.order != sorted(item.key.order)


def test_an_essay_keeps_its_model_answer_and_tells_the_rest() -> None:
    inner = (
        '<graderinfo format="html"><text>&lt;p&gt;先查登记&lt;/p&gt;</text></graderinfo>'
        "<maxwordlimit>300</maxwordlimit><attachments>2</attachments><defaultgrade>20</defaultgrade>"
    )
    entry = one("essay", inner)
    assert (entry.item.key.model, entry.item.limit) == ("先查登记", 300)
    assert entry.item.key.rubric.criteria[0].max == "20"
    assert "The limit of 300 words became a limit of 300 characters." in entry.notes
    assert "Files handed in with the answer are not carried over: an essay is typed." in entry.notes


def test_a_cloze_of_typed_words_becomes_blanks() -> None:
    entry = one("cloze", "", text="自{1:SHORTANSWER:=登记~%50%登}之日起{2:SA:=三~=3#好}个月内")
    assert (entry.item.stem, entry.item.key.blanks) == ("自{{1}}之日起{{2}}个月内", [["登记"], ["三", "3"]])
    assert "A wording worth part of the points is not carried over: “登”." in entry.notes


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("cloze", "选{1:MULTICHOICE:=a~b}", "An embedded (cloze) question"),
        ("calculated", "{x}", "A calculated question"),
        ("calculatedmulti", "{x}", "A calculated question"),
        ("description", "一段话", "A description is no question."),
        ("ddwtos", "拖", "Questions of the type “ddwtos” have no counterpart here."),
        ("", "无", "Questions of the type “” have no counterpart here."),
    ],
)
def test_what_has_no_place_here_is_told_by_name(kind: str, text: str, said: str) -> None:
    entry = one(kind, "", text=text)
    assert entry.item is None
    assert entry.skipped.startswith(said)


def test_everything_lost_is_told() -> None:
    inner = (
        "<single>true</single><penalty>0.3333333</penalty><hidden>1</hidden><defaultgrade>5</defaultgrade>"
        '<hint format="html"><text>想想</text></hint><correctfeedback><text>好</text></correctfeedback>'
        + answer("100", "甲", "<feedback><text>对</text></feedback>")
        + answer("0", "乙")
    )
    assert one("multichoice", inner).notes == [
        "Penalties for tries are not carried over.",
        "Hints between tries are not carried over.",
        "It was hidden there; here every question begins as a draft.",
        "Its points are not carried over: an exam's blueprint gives them.",
        "Feedback for right, partly right and wrong answers is not carried over.",
        "Feedback on single answers is not carried over.",
    ]


def test_category_name_idnumber_tags_and_general_feedback() -> None:
    category = '<question type="category"><category><text>$course$/top/transfer-overview</text></category></question>'
    inner = (
        "<idnumber>term-1</idnumber><generalfeedback><text>因为</text></generalfeedback>"
        "<tags><tag><text>difficulty:easy</text></tag><tag><text>competency:C03</text></tag></tags>"
        + answer("100", "true")
    )
    (entry,) = read(category, question("truefalse", inner))
    item = entry.item
    assert (entry.ref, item.topic, item.difficulty, item.competency, item.explanation) == (
        "term-1",
        "transfer-overview",
        "easy",
        "C03",
        "因为",
    )


def test_a_picture_comes_along_by_its_name_and_a_far_one_is_not_fetched() -> None:
    data = base64.b64encode(a_picture()).decode()
    text = (
        '<![CDATA[看<img src="@@PLUGINFILE@@/a%20b.png" alt="阀门"><img src="https://far.example/x.png">]]></text>'
        f'<file name="a b.png" path="/" encoding="base64">{data}</file><text>'
    )
    entry = one("truefalse", answer("100", "true"), text=text)
    assert [(picture.name, picture.alt, picture.content) for picture in entry.pictures] == [
        ("a b.png", "阀门", a_picture())
    ]
    assert "A picture that is not in the file is not fetched: https://far.example/x.png" in entry.notes


BOMB = b'<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (BOMB, DoctypeRefused),
        (b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', DoctypeRefused),
        (b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', DoctypeRefused),
        (b"<quiz>" + b"<a>" * 100_000, TooDeep),
        (b"<quiz><question></quiz>", NotWellFormed),
        (b"<quiz><question type='essay'><questiontext>", NotWellFormed),
        (b"<other/>", QuestionsUnreadable),
        (b"<quiz/>", NothingThere),
        (b"", NotWellFormed),
        (b"<quiz>" + b"<question/>" * 4001 + b"</quiz>", QuestionsTooLarge),
        (b"<quiz>\x00</quiz>", QuestionsUnreadable),
    ],
)
def test_hostile_and_broken_files_are_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_questions(content, QuestionFormat.MOODLE_XML)


def test_a_file_says_in_which_letters_it_is_written() -> None:
    for encoding in ("gb18030", "gbk", "utf-8-sig", "utf-16"):
        declared = encoding.removesuffix("-sig")
        text = f'<?xml version="1.0" encoding="{declared}"?><quiz>{question("truefalse", answer("100", "true"))}</quiz>'
        (entry,) = read_questions(text.encode(encoding), QuestionFormat.MOODLE_XML)
        assert entry.item.stem == "谁？"
