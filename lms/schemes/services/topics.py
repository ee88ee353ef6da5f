"""Changing the topics of a draft's level."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import NotFound, Refusal
from lms.schemes.models import Topic

from .drafting import changing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lms.accounts.models import User
    from lms.schemes.models import SchemeVersion


class NoSuchTopic(NotFound):
    """The level teaches no such topic."""

    code = "no-such-topic"
    message = _("This level has no such topic any more.")


class TopicTwice(Refusal):
    """Lessons name their topic by its code."""

    code = "topic-twice"
    field = "code"
    message = _("This level has a topic %(code)s already. Choose another code.")


def _topics(version: "SchemeVersion", level: str) -> "QuerySet[Topic]":
    return Topic.objects.filter(version=version, level_code=level).order_by("position", "pk")


def _topic(version: "SchemeVersion", level: str, code: str) -> Topic:
    found = _topics(version, level).filter(code=code).first()
    if found is None:
        raise NoSuchTopic
    return found


def put_topic(*, draft_id: int, revision: int, level: str, code: str, fields: dict[str, Any], user: "User") -> None:
    """Change a topic, or add one at the end where `code` is empty."""
    with changing(draft_id, revision, user) as version:
        there = _topics(version, level)
        topic = _topic(version, level, code) if code else Topic(version=version, level_code=level)
        if there.filter(code=fields["code"]).exclude(pk=topic.pk).exists():
            raise TopicTwice(code=fields["code"])
        for name, value in fields.items():
            setattr(topic, name, value)
        if not code:
            last = there.last()
            topic.position = last.position + 1 if last else 1
        topic.save()


def remove_topic(*, draft_id: int, revision: int, level: str, code: str, user: "User") -> None:
    """Take a topic out of the curriculum."""
    with changing(draft_id, revision, user) as version:
        _topic(version, level, code).delete()


def move_topic(*, draft_id: int, revision: int, level: str, code: str, by: int, user: "User") -> None:
    """Move a topic up or down among those of its module."""
    with changing(draft_id, revision, user) as version:
        topic = _topic(version, level, code)
        beside = list(_topics(version, level).filter(module=topic.module))
        index = beside.index(topic)
        to = min(max(0, index + by), len(beside) - 1)
        other = beside[to]
        topic.position, other.position = other.position, topic.position
        topic.save()
        other.save()
