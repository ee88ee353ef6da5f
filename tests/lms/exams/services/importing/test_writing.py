import pytest
from django.utils.translation import override

from lms.exams.enums import QuestionFormat, VersionState
from lms.exams.models import CaseSet, CaseVersion, Question, QuestionFigure, QuestionVersion
from lms.exams.services import reviewing
from lms.exams.services.drafting import item_of
from lms.exams.services.exporting import content_of, write_bank
from lms.exams.services.figures import read_figure
from lms.exams.services.importing import Plan, carry_out_import, plan_import, read_questions
from lms.records.models import AuditEvent
from tests.factories.accounts import BEGINNING
from tests.factories.bank import a_picture, empty_bank, make_draft, make_law

pytestmark = [pytest.mark.room, pytest.mark.django_db]
ONE = "// [id:first] [tag:topic:pricing] [tag:difficulty:easy] [tag:source:书]\n谁？{~甲 =乙####因为}\n\n"
WRONG = "坏的 {=a} {=b}\n\n"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def bank(db):
    return empty_bank()


def entries(text: str):
    return read_questions(text.encode(), QuestionFormat.GIFT)


def write(bank, text: str, actor: str = "user:1") -> Plan:
    return carry_out_import(bank=bank, entries=entries(text), actor=actor, now=BEGINNING)


def statuses(plan: Plan) -> list[str]:
    return [verdict.status.value for verdict in plan.verdicts]


def test_looking_writes_nothing(bank) -> None:
    assert statuses(plan_import(bank=bank, entries=entries(ONE + WRONG))) == ["created", "error"]
    assert not Question.objects.exists()
    assert not AuditEvent.objects.filter(action="exams.questions-imported").exists()


def test_a_right_question_becomes_a_draft_and_a_wrong_one_is_left(bank) -> None:
    assert statuses(write(bank, ONE + WRONG)) == ["created", "error"]
    version = QuestionVersion.objects.get()
    assert (version.question.ref, version.state, version.author, version.topic) == (
        "first",
        VersionState.DRAFT,
        "user:1",
        "pricing",
    )
    assert item_of(version).key.option == "b"
    event = AuditEvent.objects.get(action="exams.questions-imported")
    assert event.detail["counts"] == {"created": 1, "updated": 0, "same": 0, "skipped": 0, "error": 1}


def test_the_same_file_again_changes_nothing(bank) -> None:
    write(bank, ONE)
    before = QuestionVersion.objects.values_list("pk", "content_hash").get()
    assert statuses(write(bank, ONE)) == ["same"]
    assert QuestionVersion.objects.values_list("pk", "content_hash").get() == before


def test_changed_words_change_the_draft(bank) -> None:
    write(bank, ONE)
    assert statuses(write(bank, ONE.replace("谁？", "哪一方？"))) == ["updated"]
    assert [version.body["stem"] for version in QuestionVersion.objects.all()] == ["哪一方？"]


def test_a_published_question_keeps_its_words_and_gets_a_draft_beside_it(bank) -> None:
    write(bank, ONE)
    version = QuestionVersion.objects.get()
    reviewing.review(version=version, actor="user:2", now=BEGINNING)
    reviewing.publish(version=version, actor="user:3", now=BEGINNING)
    plan = write(bank, ONE.replace("=乙", "=丙"))
    assert plan.verdicts[0].reasons[0] == "It becomes version 2, a draft; what is asked stays as it is."
    assert [(each.no, each.state) for each in QuestionVersion.objects.order_by("no")] == [
        (1, VersionState.PUBLISHED),
        (2, VersionState.DRAFT),
    ]


def test_what_a_file_does_not_say_stays_as_the_bank_has_it(bank) -> None:
    make_draft(bank, kind="essay", ref="long", stem="谈谈权属。", limit=600)
    plan = write(bank, "// [id:long] [tag:limit:600]\n[plain]谈谈权属。{}\n\n")
    assert statuses(plan) == ["same"]
    kept = item_of(QuestionVersion.objects.get())
    assert kept.key.rubric.criteria[0].title == "权属"
    assert kept.explanation == "因为法律这样写，其余各项改变了主体。"


def test_what_stands_in_is_told_of_a_new_question(bank) -> None:
    (verdict,) = write(bank, "谈谈权属。{}\n\n").verdicts
    assert verdict.reasons == [
        "Not in the file, filled in for now: Topic, Difficulty, Explanation, Source.",
        "The file has no rubric: one criterion stands in for it. Write a real one.",
    ]


def test_a_question_of_another_kind_needs_a_name_of_its_own(bank) -> None:
    write(bank, ONE)
    (verdict,) = write(bank, "// [id:first]\n要登记。{T}").verdicts
    assert verdict.reasons == [
        "The bank has a question of this name and of another kind. Give the new one a name of its own."
    ]


def test_a_legal_basis_needs_its_text_in_the_list(bank) -> None:
    text = ONE.replace("[id:first]", "[id:first] [tag:law:zzz/1/2020-01-01]")
    assert write(bank, text).verdicts[0].reasons == ["The legal text “zzz” is not in the list. Enter it there first."]
    make_law("zzz")
    assert statuses(write(bank, text)) == ["created"]
    assert [basis.article for basis in QuestionVersion.objects.get().legal_bases.all()] == ["1"]


CASE = """// [tag:case:pump]
::水泵::夏天漏水。

// [id:leak] [tag:case:pump]
漏水？{T####密封圈受热变软，压不住水。}

// [id:why] [tag:case:pump]
为何？{F####不是水压，是密封圈。}

"""


def test_a_case_is_written_with_its_questions_in_their_order(bank) -> None:
    assert statuses(write(bank, CASE)) == ["created", "created", "created"]
    case_set = CaseSet.objects.get()
    assert [(question.case_place, question.ref) for question in case_set.questions.order_by("case_place")] == [
        (1, "leak"),
        (2, "why"),
    ]
    assert CaseVersion.objects.get().body["title"] == "水泵"
    assert statuses(write(bank, CASE)) == ["same", "same", "same"]


def test_the_text_of_a_case_in_use_is_left_as_it_is(bank) -> None:
    write(bank, CASE)
    for version in QuestionVersion.objects.all():
        reviewing.review(version=version, actor="user:2", now=BEGINNING)
    reviewing.publish_case(case_set=CaseSet.objects.get(), actor="user:3", now=BEGINNING)
    plan = write(bank, CASE.replace("夏天漏水", "冬天漏水"))
    assert statuses(plan) == ["skipped", "same", "same"]
    assert CaseVersion.objects.get().body["text"] == "夏天漏水。"


def test_a_question_of_an_unknown_case_is_told(bank) -> None:
    (verdict,) = write(bank, "// [tag:case:nowhere]\n漏水？{T}").verdicts
    assert verdict.reasons == ["There is no case “nowhere” in the file or in the bank."]


def _with_picture(content: bytes, alt: str = ' alt\\="阀门"') -> str:
    from base64 import b64encode

    data = b64encode(content).decode().replace("=", "\\=")
    return f'// [id:seen]\n[html]看图<img src\\="data\\:image/png;base64,{data}"{alt}>{{T}}\n\n'


def test_a_picture_is_kept_once_and_shown_by_the_draft(bank) -> None:
    assert statuses(write(bank, _with_picture(a_picture()))) == ["created"]
    figure = QuestionFigure.objects.get()
    assert figure.alt == "阀门"
    assert QuestionVersion.objects.get().body["figures"] == [str(figure.uid)]
    assert statuses(write(bank, _with_picture(a_picture()))) == ["same"]
    assert QuestionFigure.objects.count() == 1


def test_a_picture_that_is_none_is_left_out_and_told(bank) -> None:
    (verdict,) = write(bank, _with_picture(b"<svg onload=alert(1)>")).verdicts
    assert verdict.status == "created"
    assert any(reason.startswith("The picture “…” was left out:") for reason in verdict.reasons)
    assert not QuestionFigure.objects.exists()


def test_a_picture_without_words_asks_for_some(bank) -> None:
    (verdict,) = write(bank, _with_picture(a_picture(), alt="")).verdicts
    assert "A picture came without a word of what it shows. Write one." in verdict.reasons


def test_if_one_question_fails_in_writing_none_is_written(bank, monkeypatch) -> None:
    from lms.exams.services.importing import writing

    kept = writing.keep_draft

    def fails_second(*, item, **rest):
        if item.ref == "second":
            raise RuntimeError(item.ref)
        return kept(item=item, **rest)

    monkeypatch.setattr(writing, "keep_draft", fails_second)
    with pytest.raises(RuntimeError):
        write(bank, ONE + ONE.replace("first", "second"))
    assert not Question.objects.exists()


@pytest.mark.parametrize("count", [10, 200])
def test_looking_costs_the_same_however_many_there_are(bank, count: int, django_assert_num_queries) -> None:
    text = "".join(f"// [id:q-{number}]\n{number}？{{T}}\n\n" for number in range(count))
    write(bank, text)
    found = entries(text)
    with django_assert_num_queries(9):
        plan = plan_import(bank=bank, entries=found)
    assert plan.counts["same"] == count


@pytest.mark.parametrize("file_format", [QuestionFormat.GIFT, QuestionFormat.MOODLE_XML])
def test_pictures_come_along_out_and_in_again(bank, file_format: QuestionFormat) -> None:
    write(bank, _with_picture(a_picture()))
    figure = QuestionFigure.objects.get()
    content = write_bank(content_of(bank), file_format).content
    other = empty_bank(code="other")
    plan = carry_out_import(bank=other, entries=read_questions(content, file_format), actor="user:1", now=BEGINNING)
    assert statuses(plan) == ["created"]
    copied = QuestionFigure.objects.get(bank=other)
    assert (copied.alt, read_figure(copied)) == (figure.alt, read_figure(figure))
    again = plan_import(bank=bank, entries=read_questions(content, file_format))
    assert statuses(again) == ["same"]
