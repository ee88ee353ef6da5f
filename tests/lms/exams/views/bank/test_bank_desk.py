"""The desk of the question bank, as trainers, managers and editors use it."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from lms.cohorts.enums import Role
from lms.exams.enums import QuestionKind, VersionState
from lms.exams.forms.kinds import FORMS
from lms.exams.models import CaseSet, LawWording, Question, QuestionBank, QuestionFigure, QuestionVersion
from lms.exams.selectors.tags import Tags
from lms.exams.services import drafting, reviewing
from lms.exams.services.drafting import item_of, token_of
from lms.exams.services.wording import key_lines
from tests.factories.accounts import PersonFactory
from tests.factories.bank import a_picture, as_sent, empty_bank, make_draft, make_item, make_law, make_staff
from tests.factories.schemes import LevelFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOPIC = "junior:transfer-overview"
TAGS = Tags()


@pytest.fixture
def bank() -> QuestionBank:
    return empty_bank()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trainer(bank) -> Client:
    return signed_in(make_staff(bank.organisation))


@pytest.fixture
def manager(bank) -> Client:
    return signed_in(make_staff(bank.organisation, Role.BASE_MANAGER))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def sent(item: Any, **changes: Any) -> dict[str, Any]:
    form = FORMS[item.kind](None, tags=TAGS, figures=[], before=item, seen=token_of(item))
    return {**as_sent(form), "place": TOPIC, **changes}


@pytest.fixture
def rules() -> None:
    """Rules in force that teach one topic at one level."""
    version = LevelFactory().version
    words = {"title": "科技成果转化", "title_en": "Transformation", "hours_source": "样例", "hours_source_en": "sample"}
    version.topics.create(
        level_code="junior", module="policy-and-law", code="transfer-overview", position=1, delivery="online", **words
    )


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_a_question_of_each_kind_is_written_read_and_changed(bank, trainer, rules, kind: str) -> None:
    address = f"/en/desk/bank/{bank.pk}/new/{kind}/"
    assert "data-question-form" in page(trainer, address)
    written = make_item(kind)
    answered = trainer.post(address, sent(written, ref="my-question"))
    version = QuestionVersion.objects.get(question__ref="my-question")
    assert answered["Location"] == f"/en/desk/bank/question/{version.question.uid}/"
    assert (version.state, version.module) == (VersionState.DRAFT, "policy-and-law")
    shown = page(trainer, answered["Location"])
    for words in (*key_lines(item_of(version)), written.explanation, written.source):
        assert escape(words) in shown
    better = sent(item_of(version), explanation="换了一个说法，讲得更清楚。")
    assert trainer.post(f"{answered['Location']}edit/", better).status_code == 302
    version.refresh_from_db()
    assert item_of(version).explanation == "换了一个说法，讲得更清楚。"
    with translation.override("zh-hans"):
        assert key_lines(item_of(version)) == key_lines(written)


def test_a_short_name_that_is_taken_is_said_at_its_field(bank, trainer, rules) -> None:
    make_draft(bank)
    answered = trainer.post(f"/en/desk/bank/{bank.pk}/new/single/", sent(make_item(), ref="single-question"))
    assert answered.status_code == 400
    assert "already has a question with the short name" in answered.content.decode()
    assert QuestionVersion.objects.count() == 1


def test_a_preview_shows_the_question_and_keeps_nothing(bank, trainer) -> None:
    version = make_draft(bank)
    address = f"/en/desk/bank/question/{version.question.uid}/edit/"
    answer = trainer.post(address, sent(item_of(version), stem="预览里的题目", act="preview"))
    assert answer.status_code == 200
    preview = answer.content.decode().split("data-preview", 1)[1]
    assert "预览里的题目" in preview
    assert item_of(version).explanation not in preview
    version.refresh_from_db()
    assert version.body["stem"] == "哪一项正确？"


def test_the_second_window_is_told_and_overwrites_nothing(bank, trainer) -> None:
    version = make_draft(bank)
    address = f"/en/desk/bank/question/{version.question.uid}/edit/"
    opened = item_of(version)
    assert trainer.post(address, sent(opened, stem="第一个窗口")).status_code == 302
    late = trainer.post(address, sent(opened, stem="第二个窗口"))
    assert late.status_code == 409
    assert "Nothing was overwritten" in late.content.decode()
    assert "第二个窗口" in late.content.decode()
    version.refresh_from_db()
    assert version.body["stem"] == "第一个窗口"


def act(client: Client, version: QuestionVersion, name: str, reason: str = "") -> Any:
    data = {"act": name, "version": version.no, "reason": reason}
    return client.post(f"/en/desk/bank/question/{version.question.uid}/", data)


def test_from_draft_to_use_and_out_of_use(bank, manager) -> None:
    author, reader = make_staff(bank.organisation), make_staff(bank.organisation)
    version = make_draft(bank, actor=f"user:{author.pk}")
    own = act(signed_in(author), version, "review")
    assert own.status_code == 403
    assert "You wrote words of this version." in own.content.decode()
    assert act(signed_in(reader), version, "send-back").status_code == 400
    assert act(signed_in(reader), version, "send-back", "第三项也对").status_code == 302
    assert "第三项也对" in page(signed_in(author), f"/en/desk/bank/question/{version.question.uid}/")
    assert act(signed_in(reader), version, "review").status_code == 302
    refused = act(signed_in(reader), version, "publish")
    assert refused.status_code == 403
    assert "for the managers of the base" in refused.content.decode()
    assert act(manager, version, "publish").status_code == 302
    assert act(signed_in(reader), version, "retire", "不想要").status_code == 403
    assert act(manager, version, "begin").status_code == 302
    second = version.question.versions.get(no=2)
    assert act(manager, second, "retire", "不必改了").status_code == 302
    assert act(manager, version, "retire", "条文已改").status_code == 302
    states = version.question.versions.order_by("no").values_list("state", flat=True)
    assert list(states) == [VersionState.RETIRED, VersionState.RETIRED]


@pytest.mark.parametrize("data", [{}, {"act": "sing", "version": "1"}, {"act": "review", "version": "99999999999"}])
def test_an_act_that_is_none_is_a_bad_request(bank, trainer, data: dict[str, str]) -> None:
    version = make_draft(bank)
    assert trainer.post(f"/desk/bank/question/{version.question.uid}/", data).status_code == 400


def test_versions_are_compared_with_their_keys(bank, trainer, now) -> None:
    first = make_draft(bank, actor="user:1")
    reviewing.review(version=first, actor="user:2", now=now)
    reviewing.publish(version=first, actor="user:3", now=now)
    second = drafting.begin_version(question=first.question, actor="user:1", now=now)
    changed = item_of(second).model_copy(update={"stem": "新的题目"})
    drafting.change_draft(version=second, item=changed, seen=token_of(item_of(second)), actor="user:1", now=now)
    shown = page(trainer, f"/en/desk/bank/question/{first.question.uid}/?v=2")
    assert "<del>哪一项正确？</del>" in shown
    assert "<ins>新的题目</ins>" in shown
    assert "Go to version 2" in page(trainer, f"/en/desk/bank/question/{first.question.uid}/?v=1")


def test_a_question_on_an_older_law_text_is_flagged_and_read_again(bank, trainer, now) -> None:
    make_law("cgh", date(2015, 10, 1), date(2026, 1, 1))
    version = make_draft(bank, law=[{"law": "cgh", "article": "16", "as_of": date(2015, 10, 1)}], actor="user:1")
    reviewing.review(version=version, actor="user:2", now=now)
    reviewing.publish(version=version, actor="user:3", now=now)
    assert "is newer: read it again" in page(trainer, f"/en/desk/bank/question/{version.question.uid}/")
    assert "older law text" in page(trainer, f"/en/desk/bank/{bank.pk}/?outdated=1")
    assert f"/en/desk/bank/{bank.pk}/?state=published&amp;law=cgh&amp;outdated=1" in page(
        trainer, "/en/desk/bank/laws/"
    )
    assert act(trainer, version, "read-again").status_code == 302
    assert version.question.versions.get(no=2).legal_bases.get().as_of == date(2026, 1, 1)


@pytest.mark.parametrize("count", [10, 1000])
def test_a_long_bank_takes_as_few_queries_as_a_short_one(
    bank, count: int, now, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case_set = CaseSet.objects.create(bank=bank, ref="case")
    questions = Question.objects.bulk_create(
        Question(
            bank=bank,
            ref=f"question-{number}",
            kind="single",
            case_set=case_set if number < 3 else None,
            case_place=number + 1 if number < 3 else None,
        )
        for number in range(count)
    )
    QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=question,
            no=1,
            topic="transfer-overview",
            difficulty="easy",
            body={"stem": "题目"},
            content_hash=f"{question.pk:064x}",
            created_at=now,
        )
        for question in questions
    )
    client = signed_in(make_staff(bank.organisation))
    signed_in(make_staff(bank.organisation)).get(f"/desk/bank/{bank.pk}/")
    cache.clear()
    with django_assert_num_queries(10):
        assert client.get(f"/desk/bank/{bank.pk}/").status_code == 200


@pytest.mark.parametrize("query", ["page=9999", "q=%00%25", "state=x&level=%E2%80%AE", "page=-1&q=" + "a" * 500])
def test_strange_filters_find_nothing_and_break_nothing(bank, trainer, query: str) -> None:
    make_draft(bank)
    assert trainer.get(f"/desk/bank/{bank.pk}/?{query}").status_code == 200


def test_a_case_is_written_with_its_questions_and_published_as_a_whole(bank, trainer, manager, now) -> None:
    trainer.post(f"/desk/bank/{bank.pk}/new/case/", {"ref": "valve", "title": "球阀许可", "text": "甲乙签约。"})
    case_set = CaseSet.objects.get()
    assert "球阀许可" in page(trainer, f"/en/desk/bank/{bank.pk}/new/single/?case={case_set.uid}")
    assert trainer.get(f"/desk/bank/{bank.pk}/new/essay/?case={case_set.uid}").status_code == 404
    assert trainer.get(f"/desk/bank/{bank.pk}/new/single/?case=x").status_code == 404
    version = drafting.create_question(bank=bank, item=make_item(), case_set=case_set, actor="user:1", now=now)
    address = f"/en/desk/bank/case/{case_set.uid}/"
    assert manager.post(address, {"act": "publish"}).status_code == 409
    reviewing.review(version=version, actor="user:2", now=now)
    assert trainer.post(address, {"act": "publish"}).status_code == 403
    assert manager.post(address, {"act": "publish"}).status_code == 302
    assert "drawn as a whole" in page(trainer, f"/en/desk/bank/{bank.pk}/")
    words = {"title": "球阀许可", "text": "改过。", "seen": case_set.versions.get().content_hash}
    assert trainer.post(f"{address}edit/", words).status_code == 403
    assert manager.post(f"{address}edit/", words).status_code == 302
    assert manager.post(f"{address}edit/", words).status_code == 409
    assert [each.body["text"] for each in case_set.versions.order_by("no")] == ["甲乙签约。", "改过。"]


def test_a_picture_is_uploaded_with_its_words_and_served_to_staff_only(bank, trainer) -> None:
    address = f"/en/desk/bank/{bank.pk}/figures/"
    bare = {"file": SimpleUploadedFile("a.png", a_picture()), "alt": ""}
    assert trainer.post(address, bare).status_code == 400
    wrong = {"file": SimpleUploadedFile("a.png", b"<svg/>"), "alt": "一个阀门"}
    assert "not a PNG, JPEG or WebP picture" in trainer.post(address, wrong).content.decode()
    assert (
        trainer.post(address, {"file": SimpleUploadedFile("a.png", a_picture()), "alt": "一个阀门"}).status_code == 302
    )
    figure = QuestionFigure.objects.get()
    served = trainer.get(f"/desk/bank/figures/{figure.uid}/")
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert served.content.startswith(b"\x89PNG")
    stranger = signed_in(make_staff(empty_bank().organisation))
    assert stranger.get(f"/desk/bank/figures/{figure.uid}/").status_code == 404
    assert 'alt="一个阀门"' in page(trainer, address)


def test_an_oversized_upload_is_answered_before_it_is_read(bank, trainer) -> None:
    address = f"/en/desk/bank/{bank.pk}/figures/"
    answer = trainer.post(address, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH="99999999")
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.content.decode()


def test_an_upload_without_its_token_is_refused(bank) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff(bank.organisation))
    sent_without = {"file": SimpleUploadedFile("a.png", a_picture()), "alt": "阀门"}
    assert client.post(f"/desk/bank/{bank.pk}/figures/", sent_without).status_code == 403
    assert QuestionFigure.objects.count() == 0


def test_editors_keep_the_list_of_legal_texts_and_nobody_else(bank, trainer) -> None:
    editor = signed_in(PersonFactory(user__is_staff=True, user__is_superuser=True).user)
    law = {"code": "cgh", "title": "促进科技成果转化法"}
    assert trainer.post("/desk/bank/laws/", law).status_code == 403
    assert editor.post("/en/desk/bank/laws/", law)["Location"] == "/en/desk/bank/laws/cgh/"
    assert "in the list already" in editor.post("/en/desk/bank/laws/", law).content.decode()
    wording = {"in_force_from": "2026-01-01", "note": "修正", "source": "公布的文本"}
    assert trainer.post("/desk/bank/laws/cgh/", wording).status_code == 403
    assert editor.post("/desk/bank/laws/cgh/", wording).status_code == 302
    assert "already has a wording" in editor.post("/en/desk/bank/laws/cgh/", wording).content.decode()
    assert LawWording.objects.get().source == "公布的文本"


def test_a_bank_is_begun_at_the_own_base_only(bank, manager) -> None:
    words = {"organisation": bank.organisation_id, "code": "junior", "title": "初级题库"}
    assert manager.post("/desk/bank/new/", {**words, "organisation": empty_bank().organisation_id}).status_code == 400
    begun = manager.post("/desk/bank/new/", words)
    assert begun["Location"] == f"/desk/bank/{QuestionBank.objects.get(code='junior').pk}/"
    assert "already has a bank with the code" in manager.post("/en/desk/bank/new/", words).content.decode()
    assert "初级题库" in page(manager, "/en/desk/bank/")


def test_chinese_words_on_an_english_page_say_their_language(bank, trainer) -> None:
    make_draft(bank)
    bare = make_draft(bank, ref="with-a-twin", stem_en="Which is right?")
    assert '<div class="qtext"><p>Which is right?' in page(trainer, f"/en/desk/bank/question/{bare.question.uid}/")
    listed = page(trainer, f"/en/desk/bank/{bank.pk}/")
    assert '?v=1" lang="zh-Hans">哪一项正确？' in listed
    assert '?v=1">Which is right?' in listed
