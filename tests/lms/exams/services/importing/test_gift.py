"""GIFT as Moodle publishes it, feature by feature; the samples are our own."""

import pytest
from django.utils.translation import override

from lms.exams.enums import QuestionFormat
from lms.exams.services.importing.files import CutShort, LettersUnknown, NothingThere, QuestionsTooLarge
from lms.exams.services.importing.gathering import Entry
from lms.exams.services.importing.reading import read_questions

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def read(text: str) -> list[Entry]:
    return read_questions(text.encode(), QuestionFormat.GIFT)


def one(text: str) -> Entry:
    (entry,) = read(text)
    return entry


def right(text: str):
    entry = one(text)
    assert entry.item, (entry.error, entry.skipped, entry.flaws)
    return entry.item


def texts(options) -> list[str]:
    return [option.text for option in options]


def test_a_multiple_choice_with_one_right_answer_is_a_single_choice() -> None:
    item = right("谁先受让？{~买方 =完成人 ~中介}")
    assert (item.kind, item.stem, texts(item.options)) == ("single", "谁先受让？", ["买方", "完成人", "中介"])
    assert item.key.option == "b"


def test_a_right_answer_that_stands_first_is_not_told_by_its_letter() -> None:
    keys = {right(f"第 {number} 问？{{=对 ~错 ~偏 ~漏}}").key.option for number in range(24)}
    assert len(keys) > 1


def test_a_missing_word_leaves_a_gap_where_the_answers_stood() -> None:
    assert right("专利权自 {~签约 =登记 ~付款} 之日转移。").stem == "专利权自 _____ 之日转移。"


def test_weights_make_a_multiple_choice_and_partial_points_are_told() -> None:
    entry = one("哪些要公示？{~%50%名称 ~%50%价格 ~%-100%配方}")
    assert entry.item.kind == "multiple"
    assert {option.text for option in entry.item.options if option.id in entry.item.key.options} == {"名称", "价格"}
    assert any("Part of the points" in note for note in entry.notes)


@pytest.mark.parametrize(("word", "option"), [("TRUE", "true"), ("T", "true"), ("FALSE", "false"), ("F", "false")])
def test_true_and_false_in_all_their_spellings(word: str, option: str) -> None:
    item = right(f"口头合同也可以成立。{{{word}}}")
    assert (item.kind, item.key.option) == ("true-false", option)


def test_feedback_on_true_and_false_is_told_and_general_feedback_explains() -> None:
    entry = one("要登记。{T#想错了#想对了####自登记之日起生效。}")
    assert entry.item.explanation == "自登记之日起生效。"
    assert "Feedback on single answers is not carried over." in entry.notes


def test_a_short_answer_becomes_a_blank_with_its_wordings() -> None:
    item = right("期限是几年？ {=二十 =20}")
    assert (item.kind, item.stem, item.key.blanks) == ("fill-in", "期限是几年？ {{1}}", [["二十", "20"]])


def test_a_short_answer_in_the_middle_keeps_the_spaces_around_it() -> None:
    assert right("公示不少于{=十五 =15}日。").stem == "公示不少于{{1}}日。"


def test_wildcards_and_wordings_for_part_of_the_points_are_told_not_taken() -> None:
    entry = one("谁？{=学校 =%50%大学 =学*}")
    assert entry.item.key.blanks == [["学校"]]
    assert [note for note in entry.notes if "大学" in note or "学*" in note] == [
        "A wording worth part of the points is not carried over: “大学”.",
        "An answer with a wildcard (*) is not carried over: “学*”.",
    ]


def test_only_wildcards_is_no_question_for_this_bank() -> None:
    entry = one("谁？{=*学}")
    assert entry.item is None
    assert entry.skipped == "An answer with a wildcard (*) is not carried over: “*学”."


@pytest.mark.parametrize(
    ("answers", "value", "tolerance"),
    [
        ("#1822:5", "1822", "5"),
        ("#3.14", "3.14", None),
        ("#1..2", "1.5", "0.5"),
        ("#-5:0.1", "-5", "0.1"),
        ("#=12:0", "12", "0"),
        ("#1e3:5", "1000", "5"),
    ],
)
def test_numbers_with_tolerance_and_ranges(answers: str, value: str, tolerance: str | None) -> None:
    item = right(f"多少？{{{answers}}}")
    assert (item.kind, item.key.value, item.key.tolerance) == ("numeric", value, tolerance)


def test_of_several_numbers_the_fully_right_one_is_taken_and_the_rest_told() -> None:
    entry = one("多少？{#=1822:0 =%50%1822:2}")
    assert (entry.item.key.value, entry.item.key.tolerance) == ("1822", "0")
    assert any(note.startswith("Only the first fully right number") for note in entry.notes)


def test_a_matching_keeps_its_pairs_and_a_spare_choice() -> None:
    item = right("配一配。{=许可 -> 使用 =转让 -> 换主 = -> 注销}")
    named = {choice.id: choice.text for choice in item.choices}
    made = {option.text: named[item.key.pairs[option.id]] for option in item.options}
    assert made == {"许可": "使用", "转让": "换主"}
    assert sorted(named.values()) == sorted(["使用", "换主", "注销"])


def test_empty_braces_are_an_essay_without_a_rubric() -> None:
    entry = one("谈谈尽职调查。{}")
    assert entry.item.kind == "essay"
    assert "rubric" in entry.unsaid


def test_words_without_braces_are_a_description_and_are_told() -> None:
    entry = one("下面几题共用一段材料。")
    assert entry.item is None
    assert entry.skipped.startswith("A description is no question.")


def test_a_description_with_a_case_tag_is_the_text_of_a_case() -> None:
    case, question = read("// [tag:case:pump]\n::水泵::漏水的材料。\n\n// [tag:case:pump]\n漏在哪里？{T}")
    assert (case.case_text["title"], case.case_text["text"]) == ("水泵", "漏水的材料。")
    assert question.case == "pump"


def test_escaped_letters_are_letters_and_n_is_a_line_end() -> None:
    item = right(r"a \= b \~ c \# \{ \} \: d\\e\nf {T}")
    assert item.stem == "a = b ~ c # { } : d\\e\nf"


def test_names_comments_categories_ids_and_tags() -> None:
    text = """// a word to colleagues
$CATEGORY: $course$/top/transfer-overview

// [id:patent-term] [tag:difficulty:hard] [tag:level:senior] [tag:law:pat/42/2021-06-01] [tag:source:专利法 \\]]
::期限:: 期限多长？{=二十年}

::Name Two::期限从何时起算？{=申请日}
"""
    first, second = read(text)
    assert (first.ref, first.item.topic, first.item.difficulty, first.item.level) == (
        "patent-term",
        "transfer-overview",
        "hard",
        "senior",
    )
    assert [(basis.law, basis.article) for basis in first.item.law] == [("pat", "42")]
    assert first.item.source == "专利法 ]"
    assert (second.ref, second.item.topic) == ("name-two", "transfer-overview")


def test_hypertext_loses_its_tags_and_says_so() -> None:
    entry = one("[html]<p>面积 10 m<sup>2</sup>，<b>含</b>&nbsp;税</p>{T}")
    assert entry.item.stem == "面积 10 m²，含 税"
    assert "Bold, colours and the like are not carried over." in entry.notes


def test_plain_text_keeps_what_looks_like_tags() -> None:
    assert right("[plain]a <b> c{T}").stem == "a <b> c"


def test_markdown_marks_stay_and_are_told() -> None:
    entry = one("[markdown]**要点**在哪里？{T}")
    assert entry.item.stem == "**要点**在哪里？"
    assert "Marks of Markdown stay as they were typed." in entry.notes


def test_two_languages_in_moodles_own_spans() -> None:
    spans = '<span lang="zh" class="multilang">谁？</span><span lang="en" class="multilang">Who?</span>'
    item = right("[html]" + spans.replace("=", "\\=") + "{T}")
    assert (item.stem, item.stem_en) == ("谁？", "Who?")


def test_two_questions_of_one_name_get_names_of_their_own_every_time() -> None:
    text = "::题::一？{T}\n\n::题::二？{F}"
    refs = [entry.ref for entry in read(text)]
    assert len(set(refs)) == 2
    assert refs == [entry.ref for entry in read(text)]


def test_the_same_question_twice_is_taken_once() -> None:
    first, second = read("一？{T}\n\n一？{T}")
    assert first.item
    assert second.skipped == "The same question stands in the file twice; it is taken once."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("没有关上 {=a\n\n好的？{T}", "The braces of the answers do not close."),
        ("两对 {=a} {=b}", "There is more than one pair of braces."),
        ("没有对的 {~a ~b}", "No answer is marked as right."),
        ("{T}", "The question has no words."),
        ("配 {=a -> 1 =b}", "A pair of the matching has no “->”"),
        ("数 {#abc}", "“abc” is not a number."),
        ("乱 {abc}", "The braces hold nothing that is an answer"),
    ],
)
def test_a_wrong_question_is_told_in_plain_words_and_the_next_one_read(text: str, said: str) -> None:
    wrong = read(text)[0]
    assert wrong.item is None
    assert wrong.error.startswith(said)


def test_two_answers_that_are_each_right_have_no_place_here() -> None:
    assert one("哪个？{=a =b ~c}").skipped.startswith("Several answers of this single choice are right")


def test_half_a_file_is_refused_as_a_whole() -> None:
    with pytest.raises(CutShort) as refused:
        read("好的？{T}\n\n::b::后半截没有来 {=二十")
    assert "line 3" in str(refused.value)


def test_other_encodings_are_read_and_bytes_are_refused() -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        (entry,) = read_questions("专利？{T}".encode(encoding), QuestionFormat.GIFT)
        assert entry.item.stem == "专利？"
    with pytest.raises(LettersUnknown):
        read_questions(b"abc\x00def{T}", QuestionFormat.GIFT)


def test_too_much_is_refused() -> None:
    with pytest.raises(QuestionsTooLarge):
        read_questions(b"x" * (5 * 1024 * 1024 + 1), QuestionFormat.GIFT)
    with pytest.raises(QuestionsTooLarge):
        read("\n\n".join(f"{number}?{{T}}" for number in range(2001)))
    with pytest.raises(NothingThere):
        read("// only a word to colleagues")


def test_marks_that_nobody_sees_are_taken_out_and_told() -> None:
    entry = one("谁\u202e先？{=甲\u200b ~乙}")
    assert entry.item.stem == "谁先？"
    assert any(note.startswith("Marks that nobody sees") for note in entry.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a{" + "=b " * 101 + "}", "It has more than 100 answers."),
        ("[html]" + "<a " * 4000 + "{T}", "The hypertext of the question is cut to pieces"),
        ("[html]<p>" + "字" * 17_000 + "</p>{T}", "It is longer than 16,000 characters."),
    ],
)
def test_what_would_keep_a_parser_busy_is_refused_at_once(text: str, said: str) -> None:
    assert one(text).error.startswith(said)


def test_comments_of_office_programs_are_taken_out() -> None:
    assert right("[html]谁<!--[if gte mso 9]><xml></xml><![endif]-->先？{T}").stem == "谁先？"
