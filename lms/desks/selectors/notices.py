"""The notice page: what somebody was told, by days in Beijing."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.kernel.beijing import BEIJING
from lms.mailing.enums import GROUP_OF, NoticeGroup, NoticeKind
from lms.mailing.selectors.notices import notices_of
from lms.mailing.selectors.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict

    from lms.accounts.models import User
    from lms.mailing.models import Notice

PER_PAGE = 30
UNREAD = "unread"
ICONS = {
    NoticeGroup.STUDY: "book",
    NoticeGroup.EXAMS: "paper",
    NoticeGroup.SIMULATIONS: "deal",
    NoticeGroup.CREDITS: "coin",
    NoticeGroup.CERTIFICATES: "seal",
    NoticeGroup.WORK: "shield",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter, as the address says it; what it does not know is no filter."""

    unread: bool = False
    group: NoticeGroup | None = None

    @classmethod
    def of(cls, query: "QueryDict") -> "Asked":
        group = query.get("group", "")
        return cls(query.get("show") == UNREAD, NoticeGroup(group) if group in NoticeGroup.values else None)

    @property
    def query(self) -> dict[str, str]:
        """The filter as parameters of an address."""
        show = {"show": UNREAD} if self.unread else {}
        return {**show, **({"group": self.group.value} if self.group else {})}


@dataclass(frozen=True, slots=True)
class Line:
    """One notice, as the list shows it."""

    title: str
    text: str
    url: str
    at: datetime
    unread: bool
    icon: str
    mark_url: str


@dataclass(frozen=True, slots=True)
class Day:
    """What was told on one day."""

    on: date
    notices: tuple[Line, ...]


def notice_page(user: "User | AnonymousUser", asked: Asked, number: str) -> "Page[Notice]":
    """One page of the notices that the filter lets through (two queries)."""
    found = notices_of(user)
    if asked.unread:
        found = found.unread()
    if asked.group:
        found = found.in_group(asked.group)
    return Paginator(found, PER_PAGE).get_page(number)


def by_days(notices: "Iterable[Notice]", back: str) -> list[Day]:
    """The notices under the day on which they were told; `back` is the query that marking one returns to."""
    days = groupby(notices, key=lambda notice: notice.created_at.astimezone(BEIJING).date())
    return [Day(on, tuple(_line(notice, back) for notice in told)) for on, told in days]


def _line(notice: "Notice", back: str) -> Line:
    said = say(notice)
    mark_url = reverse("desks:notice-read", args=[notice.pk])
    return Line(
        title=said.title,
        text=said.sentence,
        url=reverse("desks:notice", args=[notice.pk]),
        at=notice.created_at,
        unread=notice.read_at is None,
        icon=ICONS[GROUP_OF[NoticeKind(notice.kind)]],
        mark_url=f"{mark_url}?{back}" if back else mark_url,
    )


def filter_fields(asked: Asked) -> list[dict[str, Any]]:
    """The filter as `design/components/filters` draws it."""
    return [
        {
            "name": "show",
            "label": pgettext("notices", "Show"),
            "kind": "seg",
            "value": UNREAD if asked.unread else "",
            "options": [{"value": "", "label": _("All notices")}, {"value": UNREAD, "label": _("Unread only")}],
        },
        {
            "name": "group",
            "label": pgettext("notices", "About"),
            "kind": "select",
            "value": asked.group.value if asked.group else "",
            "options": [
                {"value": "", "label": pgettext("notices", "Everything")},
                *({"value": group.value, "label": group.label} for group in NoticeGroup),
            ],
        },
    ]
