"""The editor's part of the staff desk: pages that wait to be reviewed, drafts, and English that is not there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page, WorkflowState, get_page_models

from cms.foundation.enums import EnglishState
from cms.foundation.models import BasePage
from lms.kernel.tallies import tally

WAITING, DRAFTS, ENGLISH, UNFOUND, LIVE = (
    "pages-waiting",
    "pages-drafts",
    "pages-english",
    "pages-unfound",
    "pages-live",
)
SHOWN = 5
_COLUMNS = ("english_pk", "english_title", "english_is_now", "english_changed")


@dataclass(frozen=True, slots=True)
class PageWaiting:
    """A page that somebody has sent for review, or has left as a draft."""

    title: str
    url: str
    since: datetime | None
    in_review: bool
    live: bool
    handed_in_by: int | None = None


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A published page whose English is missing, or older than its Chinese."""

    title: str
    url: str
    older: bool
    since: datetime | None


def _reviews() -> QuerySet[WorkflowState]:
    """Reviews under way or sent back, of the page of the outer query."""
    open_states = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    return WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField(max_length=255)),
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        status__in=open_states,
    ).order_by("created_at")


def pages_to_review() -> list[PageWaiting]:
    """Pages in review, the longest waiting first, then drafts, the oldest first (one query)."""
    rows = (
        Page.objects.filter(depth__gt=1)
        .annotate(
            sent_at=Subquery(_reviews().values("created_at")[:1]),
            sent_by=Subquery(_reviews().values("requested_by")[:1]),
            in_review=Exists(_reviews()),
        )
        .filter(Q(in_review=True) | Q(has_unpublished_changes=True))
        .order_by("-in_review", F("sent_at").asc(nulls_last=True), F("latest_revision_created_at").asc(nulls_last=True))
    )
    return [_waiting(page) for page in rows[:SHOWN]]


def _waiting(page: Any) -> PageWaiting:
    return PageWaiting(
        title=page.draft_title or page.title,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        since=page.sent_at or page.latest_revision_created_at,
        in_review=page.in_review,
        live=page.live,
        handed_in_by=page.sent_by,
    )


def page_tallies() -> "list[QuerySet[Any, Any]]":
    """How many pages are in which state: review, draft, English, and found by the search."""
    pages = Page.objects.filter(depth__gt=1)
    in_review = pages.filter(Exists(_reviews()))
    drafts = pages.filter(has_unpublished_changes=True).exclude(Exists(_reviews()))
    return [
        tally(in_review, WAITING, figure=Count("pk")),
        tally(drafts, DRAFTS, figure=Count("pk")),
        tally(pages.live(), LIVE, figure=Count("pk")),
        tally(pages.live().filter(public_texts__isnull=True), UNFOUND, figure=Count("pk")),
        *(tally(model.objects.live(), ENGLISH, part=F("english_state"), figure=Count("pk")) for model in _twofold()),
    ]


def untranslated() -> list[Untranslated]:
    """Published pages whose English is not complete, missing ones first (one query)."""
    first, *others = [_english_of(model) for model in _twofold()]
    rows = sorted(first.union(*others, all=True), key=lambda row: (row[2] != EnglishState.MISSING, row[0]))
    return [
        Untranslated(title, reverse("wagtailadmin_pages:edit", args=[pk]), state == EnglishState.OLDER, since)
        for pk, title, state, since in rows[:SHOWN]
    ]


def _english_of(model: type[Page]) -> "QuerySet[Any, Any]":
    return (
        model.objects.live()
        .exclude(english_state=EnglishState.COMPLETE)
        .order_by()
        .annotate(
            english_pk=F("pk"),
            english_title=F("title"),
            english_is_now=F("english_state"),
            english_changed=F("last_published_at"),
        )
        .values_list(*_COLUMNS)
    )


def _twofold() -> list[type[Page]]:
    """Page types that say everything twice."""
    return [model for model in get_page_models() if issubclass(model, BasePage)]
