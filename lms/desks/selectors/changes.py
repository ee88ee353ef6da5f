"""What the platform has told somebody lately, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from lms.mailing.enums import GROUP_OF, NoticeKind
from lms.mailing.selectors.notices import notices_of
from lms.mailing.selectors.wording import say

from .notices import ICONS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was told, as the list of notices shows it."""

    title: str
    url: str
    at: datetime
    unread: bool
    icon: str


def changes_for(user: "User | AnonymousUser") -> tuple[Change, ...]:
    """The newest of what `user` was told (one query)."""
    return tuple(
        Change(
            title=say(notice).sentence,
            url=reverse("desks:notice", args=[notice.pk]),
            at=notice.created_at,
            unread=notice.read_at is None,
            icon=ICONS[GROUP_OF[NoticeKind(notice.kind)]],
        )
        for notice in notices_of(user)[:SHOWN]
    )
