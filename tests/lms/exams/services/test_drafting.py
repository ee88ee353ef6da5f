import pytest
from django.db import DatabaseError, transaction

from lms.exams.enums import VersionState
from lms.exams.models import QuestionVersion
from lms.exams.models.key import AnswerKey
from lms.exams.services import drafting, reviewing
from lms.exams.services.bank_file import read_bank
from lms.exams.services.laws import load_laws
from lms.exams.services.loading import KindChanged, load_bank
from lms.exams.services.marking import keys_of
from tests.factories.accounts import BEGINNING
from tests.factories.bank import PARTS, empty_bank, make_draft, make_item
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]
ANNA, BEN = "user:1", "user:2"


def published(now, **given) -> QuestionVersion:
    draft = make_draft(actor=ANNA, **given)
    reviewing.review(version=draft, actor=BEN, now=now)
    return reviewing.publish(version=draft, actor=BEN, now=now)


@pytest.mark.parametrize("kind", PARTS)
def test_a_draft_reads_back_as_it_was_written(kind: str) -> None:
    item = make_item(kind)
    kept = drafting.keep_draft(bank=empty_bank(), item=item, actor=ANNA, now=BEGINNING)
    assert kept.outcome == "created"
    assert (kept.version.state, kept.version.author, kept.version.no) == (VersionState.DRAFT, ANNA, 1)
    assert drafting.item_of(kept.version) == item


def test_a_loaded_bank_reads_back_as_its_file_says() -> None:
    load_laws(now=BEGINNING)
    bank = load_bank("senior", organisation=OrganisationFactory(), now=BEGINNING)
    versions = QuestionVersion.objects.filter(question__bank=bank).select_related("question")
    read = {item.ref: item for item in drafting.items_of(versions).values()}
    said = {item.ref: item for item in read_bank("senior").every_item()}
    assert len(read) == len(said) >= 100
    assert {ref: item.body() for ref, item in read.items()} == {ref: item.body() for ref, item in said.items()}
    assert {ref: item.key for ref, item in read.items()} == {ref: item.key for ref, item in said.items()}
    assert {ref: item.law for ref, item in read.items()} == {ref: item.law for ref, item in said.items()}


def test_the_same_content_again_changes_nothing_and_other_content_changes_the_draft(now) -> None:
    bank = empty_bank()
    first = drafting.keep_draft(bank=bank, item=make_item(), actor=ANNA, now=now)
    again = drafting.keep_draft(bank=bank, item=make_item(rests_on=["own"]), actor=BEN, now=now)
    other = drafting.keep_draft(bank=bank, item=make_item(stem="哪一项错误？"), actor=BEN, now=now)
    assert (again.outcome, other.outcome) == ("same", "updated")
    assert first.version.pk == again.version.pk == other.version.pk
    assert QuestionVersion.objects.get().body["stem"] == "哪一项错误？"


def test_a_changed_key_of_a_published_question_becomes_a_new_draft_and_marks_nobody_yet(now) -> None:
    asked = published(now)
    changed = make_item(key={"option": "c"})
    kept = drafting.keep_draft(bank=asked.question.bank, item=changed, actor=ANNA, now=now)
    assert (kept.outcome, kept.version.no, kept.version.state) == ("updated", 2, VersionState.DRAFT)
    keys = keys_of([asked.pk, kept.version.pk])
    assert [keys[asked.pk].accepted, keys[kept.version.pk].accepted] == [{"option": "b"}, {"option": "c"}]


def test_new_words_take_a_review_back(now) -> None:
    draft = make_draft(actor=ANNA)
    reviewing.review(version=draft, actor=BEN, now=now)
    drafting.keep_draft(bank=draft.question.bank, item=make_item(stem="换了一句。"), actor=ANNA, now=now)
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_a_question_keeps_its_kind(now) -> None:
    bank = make_draft().question.bank
    with pytest.raises(KindChanged):
        drafting.keep_draft(bank=bank, item=make_item("essay", ref="single-question"), actor=ANNA, now=now)


def test_a_new_question_never_takes_the_place_of_one_that_is_there(now) -> None:
    bank = make_draft().question.bank
    with pytest.raises(drafting.RefTaken):
        drafting.create_question(bank=bank, item=make_item(stem="另一题"), actor=BEN, now=now)
    assert QuestionVersion.objects.get().body["stem"] == "哪一项正确？"


def test_two_windows_do_not_overwrite_each_other(now) -> None:
    draft = make_draft(actor=ANNA)
    seen = drafting.token_of(drafting.item_of(draft))
    drafting.change_draft(version=draft, item=make_item(stem="第一个窗口"), seen=seen, actor=ANNA, now=now)
    with pytest.raises(drafting.DraftChanged):
        drafting.change_draft(version=draft, item=make_item(stem="第二个窗口"), seen=seen, actor=BEN, now=now)
    assert QuestionVersion.objects.get().body["stem"] == "第一个窗口"


def test_a_change_of_the_key_alone_is_seen_by_the_lock(now) -> None:
    draft = make_draft(actor=ANNA)
    seen = drafting.token_of(drafting.item_of(draft))
    drafting.change_draft(version=draft, item=make_item(key={"option": "a"}), seen=seen, actor=ANNA, now=now)
    with pytest.raises(drafting.DraftChanged):
        drafting.change_draft(version=draft, item=make_item(), seen=seen, actor=BEN, now=now)
    assert AnswerKey.objects.count() == 2


def test_what_was_reviewed_or_published_is_not_edited(now) -> None:
    asked = published(now)
    seen = drafting.token_of(drafting.item_of(asked))
    with pytest.raises(drafting.NotADraft):
        drafting.change_draft(version=asked, item=make_item(stem="改"), seen=seen, actor=ANNA, now=now)


@pytest.mark.db
def test_the_database_refuses_to_reword_what_is_published(now) -> None:
    asked = published(now)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionVersion.objects.filter(pk=asked.pk).update(body={"stem": "改"})


def test_a_new_version_copies_the_wording_and_leaves_what_is_asked(now) -> None:
    asked = published(now)
    draft = drafting.begin_version(question=asked.question, actor=BEN, now=now)
    asked.refresh_from_db()
    assert (asked.state, draft.state, draft.no) == (VersionState.PUBLISHED, VersionState.DRAFT, 2)
    assert drafting.item_of(draft) == drafting.item_of(asked)
    with pytest.raises(drafting.InPreparation):
        drafting.begin_version(question=asked.question, actor=ANNA, now=now)


def test_a_picture_of_another_bank_is_not_shown(now) -> None:
    with pytest.raises(drafting.FigureUnknown):
        make_draft(figures=["5d0c3f3e-8a5f-4f0c-9c1e-0f6f7b1f2a11"])
