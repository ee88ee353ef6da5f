import pytest

from lms.exams.enums import VersionState
from lms.exams.models import Question, QuestionVersion, VersionEvent
from lms.exams.services import drafting, reviewing
from lms.exams.services.bank_file import NO_EXPLANATION
from lms.exams.services.casing import create_case
from lms.records.selectors.audit import events_about
from tests.factories.bank import empty_bank, make_draft, make_item

pytestmark = [pytest.mark.room, pytest.mark.django_db]
ANNA, BEN, CLEO = "user:1", "user:2", "user:3"


def steps_of(version: QuestionVersion) -> list[tuple[str, str, str]]:
    return list(VersionEvent.objects.filter(version=version).order_by("pk").values_list("state", "actor", "reason"))


def test_a_draft_goes_by_two_people_into_use_and_leaves_a_trace(now) -> None:
    draft = make_draft(actor=ANNA)
    reviewing.review(version=draft, actor=BEN, now=now)
    asked = reviewing.publish(version=draft, actor=CLEO, now=now)
    assert (asked.state, asked.published_at) == (VersionState.PUBLISHED, now)
    assert steps_of(draft) == [("draft", ANNA, ""), ("reviewed", BEN, ""), ("published", CLEO, "")]


def test_nobody_reviews_own_words(now) -> None:
    draft = make_draft(actor=ANNA)
    with pytest.raises(reviewing.OwnWords):
        reviewing.review(version=draft, actor=ANNA, now=now)


def test_a_question_that_nobody_explained_is_not_let_through(now) -> None:
    draft = make_draft(actor=ANNA, explanation=NO_EXPLANATION)
    with pytest.raises(reviewing.NotExplained):
        reviewing.review(version=draft, actor=BEN, now=now)


def test_whoever_changed_a_draft_of_somebody_else_may_not_review_it_either(now) -> None:
    draft = make_draft(actor=ANNA)
    seen = drafting.token_of(drafting.item_of(draft))
    drafting.change_draft(version=draft, item=make_item(stem="补一句。"), seen=seen, actor=BEN, now=now)
    for actor in (ANNA, BEN):
        with pytest.raises(reviewing.OwnWords):
            reviewing.review(version=draft, actor=actor, now=now)
    assert reviewing.review(version=draft, actor=CLEO, now=now).state == VersionState.REVIEWED


def test_whoever_sent_a_draft_back_reads_it_again(now) -> None:
    draft = make_draft(actor=ANNA)
    reviewing.send_back(version=draft, actor=BEN, reason="第二项也说得通", now=now)
    assert reviewing.review(version=draft, actor=BEN, now=now).state == VersionState.REVIEWED
    assert steps_of(draft)[1] == ("draft", BEN, "第二项也说得通")


def test_sending_back_and_retiring_want_a_reason(now) -> None:
    draft = make_draft(actor=ANNA)
    with pytest.raises(reviewing.ReasonMissing):
        reviewing.send_back(version=draft, actor=BEN, reason=" ", now=now)
    with pytest.raises(reviewing.ReasonMissing):
        reviewing.retire(version=draft, actor=BEN, reason="", now=now)


def test_a_draft_is_not_published_unread(now) -> None:
    draft = make_draft(actor=ANNA)
    with pytest.raises(reviewing.WrongState):
        reviewing.publish(version=draft, actor=CLEO, now=now)


def test_publishing_retires_the_version_before_and_leaves_one_in_use(now) -> None:
    first = make_draft(actor=ANNA)
    reviewing.review(version=first, actor=BEN, now=now)
    reviewing.publish(version=first, actor=CLEO, now=now)
    second = drafting.begin_version(question=first.question, actor=ANNA, now=now)
    reviewing.review(version=second, actor=BEN, now=now)
    reviewing.publish(version=second, actor=CLEO, now=now)
    states = first.question.versions.order_by("no").values_list("state", flat=True)
    assert list(states) == [VersionState.RETIRED, VersionState.PUBLISHED]


def test_two_managers_at_once_publish_once(now) -> None:
    draft = make_draft(actor=ANNA)
    reviewing.review(version=draft, actor=BEN, now=now)
    reviewing.publish(version=draft, actor=CLEO, now=now)
    with pytest.raises(reviewing.WrongState) as no:
        reviewing.publish(version=draft, actor=BEN, now=now)
    assert no.value.status == 409


def test_what_is_taken_out_of_use_is_asked_no_more_and_says_why(now) -> None:
    draft = make_draft(actor=ANNA)
    reviewing.review(version=draft, actor=BEN, now=now)
    reviewing.publish(version=draft, actor=CLEO, now=now)
    reviewing.retire(version=draft, actor=CLEO, reason="条文已改", now=now)
    assert steps_of(draft)[-1] == ("retired", CLEO, "条文已改")
    found = [event.action for event in events_about(f"exams.version:{draft.pk}")]
    assert "exams.question-retired" in found


def a_case(now, *refs: str) -> list[QuestionVersion]:
    bank = empty_bank()
    case_set = create_case(bank=bank, ref="a-case", said={"title": "案", "text": "甲乙签约。"}, actor=ANNA, now=now)
    return [
        drafting.create_question(bank=bank, item=make_item(ref=ref), case_set=case_set, actor=ANNA, now=now)
        for ref in refs
    ]


def test_a_case_goes_out_as_a_whole_or_not_at_all(now) -> None:
    one, two = a_case(now, "one", "two")
    case_set = Question.objects.get(ref="one").case_set
    reviewing.review(version=one, actor=BEN, now=now)
    with pytest.raises(reviewing.PartOfCase):
        reviewing.publish(version=one, actor=CLEO, now=now)
    with pytest.raises(reviewing.CaseNotReady) as no:
        reviewing.publish_case(case_set=case_set, actor=CLEO, now=now)
    assert "two" in str(no.value)
    reviewing.review(version=two, actor=BEN, now=now)
    assert len(reviewing.publish_case(case_set=case_set, actor=CLEO, now=now)) == 2
    with pytest.raises(reviewing.PartOfCase):
        reviewing.retire(version=one, actor=CLEO, reason="一题有误", now=now)
    reviewing.retire_case(case_set=case_set, actor=CLEO, reason="案情过时", now=now)
    assert set(QuestionVersion.objects.values_list("state", flat=True)) == {VersionState.RETIRED}


def test_the_questions_of_a_case_stand_in_the_order_in_which_they_were_written(now) -> None:
    a_case(now, "one", "two", "three")
    assert list(Question.objects.order_by("case_place").values_list("ref", flat=True)) == ["one", "two", "three"]


def test_a_corrected_question_of_a_published_case_goes_out_by_itself(now) -> None:
    one, two = a_case(now, "one", "two")
    for version in (one, two):
        reviewing.review(version=version, actor=BEN, now=now)
    reviewing.publish_case(case_set=one.question.case_set, actor=CLEO, now=now)
    better = drafting.begin_version(question=one.question, actor=ANNA, now=now)
    reviewing.review(version=better, actor=BEN, now=now)
    assert reviewing.publish(version=better, actor=CLEO, now=now).state == VersionState.PUBLISHED
