from datetime import datetime

import pytest
from django.utils import translation

from lms.exams.models import QuestionVersion
from lms.exams.selectors.room import room_view
from lms.exams.selectors.saying import accepted_words, question_of, said, stem
from lms.exams.services.keys import key_in_force
from lms.exams.services.steps import save_step
from tests.factories.exams import make_attempt, make_seat
from tests.lms.exams.papers import make_whole_exam, name_of, whole_answers

pytestmark = [pytest.mark.room, pytest.mark.django_db]

SAID = {
    "single": [("合同", "")],
    "multiple": [("边界", ""), ("验收方法", "")],
    "true-false": [("错误", "")],
    "fill-in": [("45", "1"), ("62", "2")],
    "numeric": [("18720 元", "")],
    "numeric-unit": [("1.872 万元", "")],
    "matching": [("权利保留", "许可"), ("权利易主", "转让"), ("权利终止", "放弃")],
    "ordering": [("样品", "1"), ("小试", "2"), ("中试", "3"), ("量产", "4")],
    "essay": [("先查权属。\n再查年费。", "")],
    "case-numeric": [("24 支", "")],
    "case-single": [("乙公司", "")],
}
RIGHT = {
    **SAID,
    "fill-in": [("45", "1"), ("62 / 六十二", "2")],
    "numeric-unit": [("18720 元", "")],
    "essay": [("先查权属，再查年费。", "")],
}


def plain(lines) -> list[tuple[str, str]]:
    return sorted((line.text, line.label) for line in lines)


@pytest.fixture
def attempt(now: datetime):
    attempt = make_attempt(make_seat(make_whole_exam()))
    for number, (slot, answer) in enumerate(whole_answers(attempt).items(), start=1):
        save_step(attempt=attempt, client_seq=number, kind="save", slot=slot, answer=answer, now=now, actor="user:1")
    return attempt


def test_every_kind_of_answer_is_said_in_words(attempt) -> None:
    names = {item["slot"]: name_of(item) for item in attempt.seat.paper.items}
    found = {names[question.slot]: plain(said(question)) for question in room_view(attempt).questions}
    assert found == {name: sorted(lines) for name, lines in SAID.items()}


def test_every_kind_of_key_is_said_in_words(attempt) -> None:
    found = {}
    for item in attempt.seat.paper.items:
        version = QuestionVersion.objects.select_related("question").get(pk=item["version"])
        found[name_of(item)] = plain(accepted_words(question_of(version), key_in_force(version).accepted))
    assert found == {name: sorted(lines) for name, lines in RIGHT.items()}


def test_the_order_of_an_ordering_is_the_one_that_was_given(attempt) -> None:
    [question] = [each for each in room_view(attempt).questions if each.kind == "ordering"]
    assert [line.text for line in said(question)] == ["样品", "小试", "中试", "量产"]


def test_an_open_question_says_nothing_and_english_is_spoken_where_it_is_there() -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    questions = room_view(attempt).questions
    assert [said(question) for question in questions] == [[]] * len(questions)
    [single] = [each for each in questions if each.kind == "single" and not each.case]
    [gaps] = [each for each in questions if each.kind == "fill-in"]
    with translation.override("en"):
        assert stem(single) == "What does the ownership of a result depend on first?"
        assert plain(accepted_words(single, {"option": "contract"})) == [("The contract", "")]
    assert stem(gaps) == "许可方低于 ____(1) 万元不签，被许可方高于 ____(2) 万元不签。"
