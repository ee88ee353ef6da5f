"""What was asked about a lesson, what was answered, and what waits for a moderator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from courses.enums import PostState
from courses.models import Enrolment, Reply, Thread
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import organisations_of, users_in_role

from .outlines import item_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

TEACHING = (Role.TRAINER, Role.BASE_MANAGER)
LINES = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One contribution that waits for a moderator."""

    thread: Thread
    reply: Reply | None
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """The oldest of what waits, and how much it is in all."""

    first: tuple[Waiting, ...]
    count: int


def questions_about(user: "User | AnonymousUser", enrolment: Enrolment, item_uid: str) -> QuerySet[Thread]:
    """Questions about a lesson at the base of the enrolment that `user` may see, the last touched first."""
    about = Thread.objects.visible_to(user).filter(
        course_id=enrolment.course_id, organisation_id=enrolment.organisation_id, item_uid=item_uid
    )
    shown = Count("replies", filter=Q(replies__state=PostState.PUBLISHED))
    return about.select_related("author").annotate(answers=shown).order_by("-last_at", "-pk")


def question(user: "User | AnonymousUser") -> QuerySet[Thread]:
    """Questions that `user` may see, each with what its page says of it."""
    related = ("author", "course__current_version", "organisation")
    return Thread.objects.visible_to(user).select_related(*related).defer("course__current_version__body")


def answers_to(user: "User | AnonymousUser", thread: Thread) -> list[Reply]:
    """The answers that `user` may see, the accepted one first (one query)."""
    found = Reply.objects.visible_to(user).filter(thread=thread).select_related("author").order_by("at", "pk")
    return sorted(found, key=lambda reply: reply.pk != thread.accepted_id)


def teachers_of(organisation_id: int, at: datetime) -> Collection[int]:
    """Sign-ins that answer as the base (two queries)."""
    return {user.pk for role in TEACHING for user in users_in_role(organisation_id, role, at=at)}


def waiting_for(user: "User | AnonymousUser") -> Queue:
    """What waits for `user` as a moderator, the oldest first (four queries)."""
    mine = organisations_of(user, *TEACHING)
    threads = Thread.objects.filter(state=PostState.PENDING, organisation__in=mine)
    replies = Reply.objects.filter(state=PostState.PENDING, thread__organisation__in=mine)
    asked = threads.select_related("author", "course__page").order_by("asked_at", "pk")
    said = replies.select_related("author", "thread__course__page")
    lines = [
        *(Waiting(each, None, each.author.real_name, each.text, each.asked_at) for each in asked[:LINES]),
        *(Waiting(each.thread, each, each.author.real_name, each.text, each.at) for each in said[:LINES]),
    ]
    return Queue(
        tuple(sorted(lines, key=lambda line: line.at)[:LINES]),
        threads.count() + replies.count(),
    )


def open_questions(user: "User | AnonymousUser") -> QuerySet[Thread]:
    """Published questions at the bases `user` teaches for to which no answer was accepted, the last touched first."""
    mine = organisations_of(user, *TEACHING)
    found = Thread.objects.filter(state=PostState.PUBLISHED, accepted__isnull=True, organisation__in=mine)
    shown = Count("replies", filter=Q(replies__state=PostState.PUBLISHED))
    return found.select_related("author", "course__page").annotate(answers=shown).order_by("-last_at", "-pk")


def lesson_of(thread: Thread) -> str:
    """The title of the lesson asked about, as the course now has it; empty where it no longer has it."""
    version = thread.course.current_version
    item = item_of(version, thread.item_uid) if version else None
    return item.title if item else ""
