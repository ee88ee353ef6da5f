"""The staff desk: pages to review, English to write, work that failed, mails that were refused, and the worker."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.foundation.enums import EnglishState
from lms.jobs.policies import can_retry
from lms.jobs.selectors.failures import Failures, Pulse, failures, pulse
from lms.kernel.tallies import gather
from lms.mailing.selectors.refused import Refused, refused_mails

from . import editing
from .work import Act, Figure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.kernel.tallies import Tallies

    from .editing import PageWaiting, Untranslated


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """Everything on the desk, in the language now active."""

    act: Act
    to_review: int
    figures: tuple[Figure, ...]
    waiting: "list[PageWaiting]"
    english: "list[Untranslated]"
    failed: Failures
    refused: Refused
    worker: Pulse
    silent: bool
    operator: bool


def staff_desk(user: "User | AnonymousUser", now: datetime) -> StaffDesk:
    """The desk in six queries, whatever the number of pages, jobs and mails.

    Work and mails are those that `user` may see: all of them for who runs the platform.
    """
    told = gather(*editing.page_tallies())
    waiting, english = editing.pages_to_review(), editing.untranslated()
    worker = pulse()
    return StaffDesk(
        act=_act(waiting, english, user.pk),
        to_review=len([page for page in waiting if page.in_review and page.handed_in_by != user.pk]),
        figures=_figures(told),
        waiting=waiting,
        english=english,
        failed=failures(user),
        refused=refused_mails(user),
        worker=worker,
        silent=worker.silent(now),
        operator=can_retry(user),
    )


def _figures(told: "Tallies") -> tuple[Figure, ...]:
    missing = told.total(editing.ENGLISH, part=EnglishState.MISSING)
    older = told.total(editing.ENGLISH, part=EnglishState.OLDER)
    live, unfound = told.total(editing.LIVE), told.total(editing.UNFOUND)
    words = {"live": live, "unfound": unfound}
    return (
        Figure(_("Waiting for review"), told.total(editing.WAITING)),
        Figure(_("Drafts"), told.total(editing.DRAFTS), note=_("changed and not published")),
        Figure(
            _("English not complete"),
            missing + older,
            note=_("missing: %(missing)s, older than the Chinese: %(older)s") % {"missing": missing, "older": older},
        ),
        Figure(_("Found by the search"), live - unfound, note=_("of %(live)s published pages") % words),
    )


def _act(waiting: "list[PageWaiting]", english: "list[Untranslated]", user_id: int | None) -> Act:
    """Review the page of somebody else that waits longest; then drafts, English, what others review; else begin."""
    first = next((page for page in waiting if not page.in_review or page.handed_in_by != user_id), None)
    if first:
        if first.in_review:
            return Act(first.title, _("Sent for review and waiting longest."), first.url, _("Review the page"))
        return Act(first.title, _("A draft that nobody has sent for review."), first.url, _("Open the draft"))
    if english:
        text = _("Published in Chinese; readers of English are shown the Chinese and told so.")
        return Act(english[0].title, text, english[0].url, _("Write the English"))
    if waiting:
        own = waiting[0]
        return Act(own.title, _("You handed it in; another person reviews it."), own.url, _("Look at it again"))
    return Act(
        _("Every page is reviewed and stands in both languages"),
        _("Pages, courses and the operator's details. Every text stands twice, in Chinese and in English."),
        reverse("wagtailadmin_home"),
        _("To the editor"),
    )
