"""Telling those who study a course something, each of them once."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses import policies
from courses.models import Announcement, CoursePage
from courses.selectors.announcements import Audience, listeners
from lms.kernel.refusals import Conflict, NotAllowed
from lms.mailing.services.notices import notify_all

if TYPE_CHECKING:
    from lms.accounts.models import User


class NotYoursToAnnounce(NotAllowed):
    """A base speaks through its trainers and managers."""

    code = "not-yours-to-announce"
    message = _("Only trainers and managers of the base can announce something to those who study there.")


class NobodyListens(Conflict):
    """An announcement to nobody would be lost without a word."""

    code = "nobody-listens"
    message = _("Nobody studies this course there now, so there is nobody to tell.")


@transaction.atomic
def send_announcement(
    *, uid: UUID, audience: Audience, title: str, text: str, user: "User", now: datetime
) -> Announcement:
    """Announce something and tell everybody of the audience; the same `uid` is one announcement."""
    if not policies.can_announce(user, audience.organisation_id):
        raise NotYoursToAnnounce
    written = Announcement.objects.filter(uid=uid, author=user).first()
    if written is not None:
        return written
    told = listeners(audience)
    if not told:
        raise NobodyListens
    whom = {name: getattr(audience, name) for name in ("course_id", "organisation_id", "cohort_id")}
    said = {"title": title, "text": text, "author": user, "at": now}
    announcement, is_new = Announcement.objects.get_or_create(uid=uid, defaults={**whom, **said})
    if is_new:
        _tell(announcement, told, now)
    return announcement


def _tell(announcement: Announcement, user_ids: list[int], now: datetime) -> None:
    page = CoursePage.objects.get(course_id=announcement.course_id)
    notify_all(
        user_ids=user_ids,
        kind="announced",
        subject_ref=f"courses.announcement:{announcement.pk}",
        context={"course": {"zh": page.title, "en": page.title_en}, "title": announcement.title},
        url=f"{reverse('courses:my-announcements')}#a-{announcement.uid}",
        organisation=announcement.organisation.code,
        now=now,
    )
