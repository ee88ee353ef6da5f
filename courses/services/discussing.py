"""Asking and answering about a lesson, and what moderators do with what is written."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses import policies
from courses.enums import PostState
from courses.models import Enrolment, ModerationEvent, Reply, Thread
from courses.selectors.outlines import item_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce

from .margins import NoSuchLesson

if TYPE_CHECKING:
    from lms.accounts.models import Person, User

Post = TypeVar("Post", Thread, Reply)
# Nobody writes more than this in this time; a discussion is no chat.
MOST, WITHIN = 6, timedelta(minutes=10)


class TooManyPosts(Refusal):
    """A flood of contributions helps nobody, whoever writes it."""

    code = "too-many-posts"
    status = 429
    message = _("You have written %(most)s contributions in the last %(minutes)s minutes. Please wait before the next.")


class NotYourDiscussion(NotAllowed):
    """Those who study the lesson there write, and the staff who teach them."""

    code = "not-your-discussion"
    message = _("Only those who study this course at this base, and its staff, can write here.")


class ThreadClosed(Conflict):
    """What is not published is not answered."""

    code = "thread-not-published"
    message = _("This question is not published, so it cannot be answered now.")


class AnswerNotShown(Conflict):
    """An answer is accepted while its readers can see it."""

    code = "answer-not-published"
    message = _("Only a published answer can be accepted.")


class NotYoursToAccept(NotAllowed):
    """Who asked knows what helped; staff may say it too."""

    code = "not-yours-to-accept"
    message = _("Only who asked the question, or staff of the base, can accept an answer.")


class NotYoursToModerate(NotAllowed):
    """Trainers and managers of the base moderate."""

    code = "not-yours-to-moderate"
    message = _("Only trainers and managers of the base can publish or hide a contribution.")


class ReasonMissing(Refusal):
    """Whoever hides something says why, and its author reads it."""

    code = "reason-missing"
    message = _("Say why the contribution is hidden; its author reads the reason.")


@transaction.atomic
def ask(
    *, enrolment: Enrolment, item_uid: str, person: "Person", uid: UUID, title: str, text: str, now: datetime
) -> Thread:
    """Put a question about a lesson to those who study it at the same base; the same `uid` is one question."""
    if item_of(enrolment.course_version, item_uid) is None:
        raise NoSuchLesson
    written = _written(Thread, uid, person)
    if written is not None:
        return written
    if enrolment.person_id != person.pk:
        raise NotYourDiscussion
    _check_pace(person, now)
    state = PostState.PENDING if enrolment.course.premoderated else PostState.PUBLISHED
    about = {
        "course_id": enrolment.course_id,
        "item_uid": item_uid,
        "organisation_id": enrolment.organisation_id,
        "author": person,
    }
    said = {"title": title, "text": text, "state": state, "asked_at": now, "last_at": now}
    return Thread.objects.get_or_create(uid=uid, defaults={**about, **said})[0]


@transaction.atomic
def answer(*, thread: Thread, person: "Person", uid: UUID, text: str, now: datetime) -> Reply:
    """Answer a question; staff are published at once, trainees after a moderator where the course wants that."""
    written = _written(Reply, uid, person)
    if written is not None:
        return written
    user = person.user
    if user is None or not policies.can_discuss(user, thread):
        raise NotYourDiscussion
    if thread.state != PostState.PUBLISHED:
        raise ThreadClosed
    _check_pace(person, now)
    waits = thread.course.premoderated and not policies.can_moderate(user, thread)
    state = PostState.PENDING if waits else PostState.PUBLISHED
    said = {"thread": thread, "author": person, "text": text, "state": state, "at": now}
    reply, is_new = Reply.objects.get_or_create(uid=uid, defaults=said)
    if is_new and state == PostState.PUBLISHED:
        _appear(reply, now)
    return reply


def _written(kind: type[Post], uid: UUID, person: "Person") -> Post | None:
    """What the same form has written before, in another tab or by a second click."""
    written = kind.objects.filter(uid=uid).first()
    if written is not None and written.author_id != person.pk:
        raise NotYourDiscussion
    return written


def _check_pace(person: "Person", now: datetime) -> None:
    since = now - WITHIN
    asked = Thread.objects.filter(author=person, asked_at__gt=since).count()
    if asked + Reply.objects.filter(author=person, at__gt=since).count() >= MOST:
        raise TooManyPosts(most=MOST, minutes=WITHIN // timedelta(minutes=1))


def _appear(reply: Reply, now: datetime) -> None:
    """An answer can be read now: its thread goes up, and who asked is told."""
    thread = reply.thread
    thread.last_at = max(thread.last_at, now)
    thread.save(update_fields=["last_at"])
    if reply.author_id != thread.author_id:
        _tell(thread.author, "question-answered", f"courses.reply:{reply.pk}", thread, now)


@transaction.atomic
def accept(*, thread: Thread, reply: Reply | None, user: "User", now: datetime) -> Thread:
    """Say which answer helped, or with None that none did; another one may be accepted later."""
    thread = _locked(thread)
    if not policies.can_accept(user, thread):
        raise NotYoursToAccept
    if reply is not None and (reply.thread_id != thread.pk or reply.state != PostState.PUBLISHED):
        raise AnswerNotShown
    thread.accepted = reply
    thread.save(update_fields=["accepted"])
    if reply is not None and reply.author_id != thread.author_id:
        _tell(reply.author, "answer-accepted", f"courses.accepted:{reply.pk}", thread, now)
    return thread


@transaction.atomic
def moderate(
    *, thread: Thread, reply: Reply | None = None, to: PostState, reason: str = "", user: "User", now: datetime
) -> Thread:
    """Publish or hide a question, or with `reply` one of its answers; told to the author, and written down."""
    thread = _locked(thread)
    if not policies.can_moderate(user, thread):
        raise NotYoursToModerate
    if to == PostState.HIDDEN and not reason.strip():
        raise ReasonMissing
    post = reply or thread
    if post.state == to:
        return thread
    before, post.state = post.state, to
    post.save(update_fields=["state"])
    event = ModerationEvent.objects.create(
        thread=thread, reply=reply, from_state=before, to_state=to, actor=f"user:{user.pk}", reason=reason, at=now
    )
    _follow(thread, reply, event, now)
    return thread


def _follow(thread: Thread, reply: Reply | None, event: ModerationEvent, now: datetime) -> None:
    """What follows from a decision: a hidden answer is no longer the accepted one, and authors are told."""
    if event.to_state == PostState.HIDDEN:
        if reply is not None and thread.accepted_id == reply.pk:
            thread.accepted = None
            thread.save(update_fields=["accepted"])
    elif reply is not None:
        _appear(reply, now)
    kind = "post-hidden" if event.to_state == PostState.HIDDEN else "post-published"
    more = {"reason": event.reason} if event.to_state == PostState.HIDDEN else {}
    _tell((reply or thread).author, kind, f"courses.moderation:{event.pk}", thread, now, **more)


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(of=("self",)).select_related("course", "organisation").get(pk=thread.pk)


def _tell(person: "Person", kind: str, subject_ref: str, thread: Thread, now: datetime, **more: Any) -> None:
    announce(
        to=person.user,
        kind=kind,
        subject_ref=subject_ref,
        context={"question": thread.title, **more},
        url=reverse("courses:question", args=[thread.uid]),
        organisation=thread.organisation.code,
        now=now,
    )
