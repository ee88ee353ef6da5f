from datetime import timedelta
from uuid import uuid4

import pytest

from courses.enums import PostState
from courses.models import ModerationEvent, Reply, Thread
from courses.selectors.discussion import answers_to, questions_about, waiting_for
from courses.services import discussing
from lms.cohorts.enums import Role
from lms.mailing.selectors.notices import notices_of
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import asked, enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def course():
    return published_course()


@pytest.fixture
def enrolment(course):
    return enrolment_of(course=course)


@pytest.fixture
def classmate(course):
    return enrolment_of(course=course).person


@pytest.fixture
def trainer(course):
    person = PersonFactory()
    RoleGrantFactory(user=person.user, organisation=course.organisation, role=Role.TRAINER)
    return person


def answered(thread, person, now, text="看环境。"):
    return discussing.answer(thread=thread, person=person, uid=uuid4(), text=text, now=now)


def kinds(person) -> list[str]:
    return [notice.kind for notice in notices_of(person.user) if notice.kind != "enrolled"]


def test_a_question_is_answered_and_who_asked_is_told_and_accepts(enrolment, classmate, now) -> None:
    thread = asked(enrolment, now)
    reply = answered(thread, classmate, now + timedelta(hours=1))
    assert kinds(enrolment.person) == ["question-answered"]
    discussing.accept(thread=thread, reply=reply, user=enrolment.person.user, now=now)
    assert kinds(classmate) == ["answer-accepted"]
    thread.refresh_from_db()
    assert (thread.accepted, thread.last_at) == (reply, now + timedelta(hours=1))
    discussing.accept(thread=thread, reply=None, user=enrolment.person.user, now=now)
    thread.refresh_from_db()
    assert thread.accepted is None


def test_only_who_asked_or_teaches_accepts_and_only_what_can_be_read(enrolment, classmate, trainer, now) -> None:
    thread, other = asked(enrolment, now), asked(enrolment, now)
    reply = answered(thread, classmate, now)
    with pytest.raises(discussing.NotYoursToAccept):
        discussing.accept(thread=thread, reply=reply, user=classmate.user, now=now)
    with pytest.raises(discussing.AnswerNotShown):
        discussing.accept(thread=other, reply=reply, user=trainer.user, now=now)
    discussing.accept(thread=thread, reply=reply, user=trainer.user, now=now)
    assert kinds(classmate) == ["answer-accepted"]


def test_the_same_form_sent_twice_is_one_contribution_and_nobody_else_can_use_its_number(
    enrolment, classmate, now
) -> None:
    thread = asked(enrolment, now)
    same = {"thread": thread, "uid": uuid4(), "text": "看环境。", "now": now}
    first = discussing.answer(person=classmate, **same)
    assert discussing.answer(person=classmate, **same) == first
    with pytest.raises(discussing.NotYourDiscussion):
        discussing.answer(person=enrolment.person, **same)
    assert Reply.objects.count() == 1
    assert kinds(enrolment.person) == ["question-answered"]


def test_whoever_does_not_study_or_teach_there_does_not_write(enrolment, now) -> None:
    thread = asked(enrolment, now)
    for stranger in (PersonFactory(), enrolment_of().person):
        with pytest.raises(discussing.NotYourDiscussion):
            answered(thread, stranger, now)


def test_nobody_floods_a_discussion_and_waiting_helps(enrolment, now) -> None:
    for _ in range(discussing.MOST):
        asked(enrolment, now)
    with pytest.raises(discussing.TooManyPosts) as refused:
        asked(enrolment, now + discussing.WITHIN - timedelta(seconds=1))
    assert refused.value.status == 429
    asked(enrolment, now + discussing.WITHIN)
    assert Thread.objects.count() == discussing.MOST + 1


def test_in_a_premoderated_course_a_question_waits_and_staff_are_read_at_once(
    course, enrolment, classmate, trainer, now
) -> None:
    course.premoderated = True
    course.save()
    enrolment.refresh_from_db()
    thread = asked(enrolment, now)
    mine, theirs = (questions_about(user, enrolment, "item-1") for user in (enrolment.person.user, classmate.user))
    assert (list(mine), list(theirs)) == ([thread], [])
    assert [line.thread for line in waiting_for(trainer.user).first] == [thread]
    with pytest.raises(discussing.ThreadClosed):
        answered(thread, trainer, now)
    discussing.moderate(thread=thread, to=PostState.PUBLISHED, user=trainer.user, now=now)
    thread.refresh_from_db()
    assert kinds(enrolment.person) == ["post-published"]
    assert answered(thread, trainer, now).state == PostState.PUBLISHED
    waiting = answered(thread, classmate, now)
    assert waiting.state == PostState.PENDING
    assert waiting not in answers_to(enrolment.person.user, thread)
    assert waiting_for(trainer.user).count == 1


def test_hiding_takes_a_reason_which_the_author_reads_and_stands_on_record(enrolment, classmate, trainer, now) -> None:
    thread = asked(enrolment, now)
    reply = answered(thread, classmate, now, "打我电话。")
    discussing.accept(thread=thread, reply=reply, user=enrolment.person.user, now=now)
    hide = {"thread": thread, "reply": reply, "to": PostState.HIDDEN, "now": now}
    with pytest.raises(discussing.ReasonMissing):
        discussing.moderate(reason=" ", user=trainer.user, **hide)
    with pytest.raises(discussing.NotYoursToModerate):
        discussing.moderate(reason="写了电话。", user=enrolment.person.user, **hide)
    discussing.moderate(reason="写了电话。", user=trainer.user, **hide)
    thread.refresh_from_db()
    assert thread.accepted is None
    assert answers_to(enrolment.person.user, thread) == []
    event = ModerationEvent.objects.get()
    assert (event.to_state, event.reason, event.actor) == ("hidden", "写了电话。", f"user:{trainer.user.pk}")
    assert notices_of(classmate.user).first().context == {"question": thread.title, "reason": "写了电话。"}


def test_a_moderator_of_another_base_sees_and_decides_nothing(enrolment, now) -> None:
    stranger = RoleGrantFactory(role=Role.TRAINER).user
    thread = asked(enrolment, now)
    assert not Thread.objects.visible_to(stranger).exists()
    with pytest.raises(discussing.NotYoursToModerate):
        discussing.moderate(thread=thread, to=PostState.HIDDEN, reason="无", user=stranger, now=now)
