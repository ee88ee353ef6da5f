"""Later versions of a course: released to a cohort, and accepted or not by each who studies an earlier one.

The rules stand in docs/reference/lesson-format.md: what was counted is never taken back, and no course is reopened.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import ItemState
from courses.models import CourseVersion, Enrolment, ItemProgress, VersionAnswer, VersionRelease
from courses.selectors.outlines import Item, items_of
from courses.selectors.versions import is_offered
from lms.kernel.refusals import Conflict

from .completing import complete_item
from .counting import recount
from .spans import Spans, length


class OfferChanged(Conflict):
    """The course went on, or the answer was given elsewhere, while the page was open."""

    code = "offer-changed"
    message = _("This update is no longer the one that was shown. Look at the page again before you answer.")


class AnsweredOtherwise(Conflict):
    """Two tabs, two answers: the first one stands."""

    code = "answered-otherwise"
    message = _("You have already answered this update otherwise, in another page. That answer stands.")


class StudyWaiting(Conflict):
    """Time that a presence answer has not decided yet cannot be carried over."""

    code = "study-waiting"
    message = _("Some of your study time still waits for a presence answer. Answer it in the lesson, then come back.")


class NotALaterVersion(Conflict):
    """Only what the course now is can be released."""

    code = "not-a-later-version"
    message = _("The course has gone on since this page was opened. Load it again.")


@transaction.atomic
def answer_version(
    *, enrolment: Enrolment, before: int, after: int, accepted: bool, actor: str, now: datetime
) -> VersionAnswer:
    """Move the enrolment to the offered version, or keep it where it is; the same answer again is the same row.

    `before` and `after` are the numbers of the versions that the person saw. Time that was counted stays with its
    lesson up to the lesson's new minutes, and a complete lesson stays complete with its hours.
    """
    # All enrolments of the person in this order, as for a lease: no time is counted while the version moves.
    held = Enrolment.objects.select_for_update(of=("self",)).filter(person_id=enrolment.person_id).order_by("pk")
    locked = next(row for row in held.with_outline() if row.pk == enrolment.pk)
    versions = {row.no: row for row in CourseVersion.objects.filter(course=locked.course_id, no__in=(before, after))}
    if versions.keys() != {before, after}:
        raise OfferChanged
    given = VersionAnswer.objects.filter(
        enrolment=locked, from_version=versions[before], to_version=versions[after]
    ).first()
    if given is not None:
        if given.accepted != accepted:
            raise AnsweredOtherwise
        return given
    offered = is_offered(locked) and locked.course.current_version_id == versions[after].pk
    if not offered or locked.course_version_id != versions[before].pk:
        raise OfferChanged
    carried_over = _move(locked, versions[after], now) if accepted else {}
    return VersionAnswer.objects.create(
        enrolment=locked,
        from_version=versions[before],
        to_version=versions[after],
        accepted=accepted,
        carried=carried_over or None,
        actor=actor,
        at=now,
    )


def _move(enrolment: Enrolment, version: CourseVersion, now: datetime) -> dict[str, Any]:
    """Study the version from now on; what became of begun lessons that declare other minutes."""
    rows = {row.item_uid: row for row in ItemProgress.objects.filter(enrolment=enrolment)}
    _refuse_waiting(rows, version)
    enrolment.course_version = version
    enrolment.save(update_fields=["course_version"])
    items = {item.uid: item for item in items_of(version)}
    other = [item for item in items.values() if item.uid in rows and rows[item.uid].declared_s != item.declared_s]
    filled = [item for item in other if _carry_over(rows[item.uid], item, now)]
    progress = enrolment.progress
    studied_at = progress.last_at
    recount(enrolment=enrolment, last_item_uid=progress.last_item_uid, now=now)
    progress.last_at = studied_at  # answering is no studying
    progress.save(update_fields=["last_at"])
    for item in filled:
        complete_item(enrolment=enrolment, item_uid=item.uid, now=now)
    fitted = {uid: row for uid, row in rows.items() if uid not in items or items[uid] in other}
    return {uid: {"declared_s": row.declared_s, "covered": row.covered} for uid, row in fitted.items()}


def _refuse_waiting(rows: dict[str, ItemProgress], version: CourseVersion) -> None:
    """Seconds that a presence answer has not decided stay where they are; they cannot be fitted to other minutes."""
    same = {item.uid for item in items_of(version) if item.uid in rows and rows[item.uid].declared_s == item.declared_s}
    for row in rows.values():
        if row.waiting and row.item_uid not in same:
            raise StudyWaiting


def _carry_over(row: ItemProgress, item: Item, now: datetime) -> bool:
    """Fit the counted time to the lesson's new minutes; True where it fills them, so that the lesson is complete."""
    if row.state == ItemState.COMPLETE:
        return False
    row.covered = carried(row.covered, item.declared_s)
    row.covered_s = length(row.covered)
    row.declared_s = item.declared_s
    full = row.covered_s == row.declared_s
    if full:
        row.state, row.completed_at = ItemState.COMPLETE, now
    row.save()
    return full


def carried(covered: Spans, declared_s: int) -> Spans:
    """As many counted seconds as the new minutes hold: where they were, or from the beginning if they reach beyond."""
    if not covered or covered[-1][1] <= declared_s:
        return covered
    return [[0, min(length(covered), declared_s)]]


@transaction.atomic
def release_version(*, cohort_id: int, version: CourseVersion, actor: str, now: datetime) -> VersionRelease:
    """Let the trainees of the cohort choose the course's present version; released twice is released once."""
    current = CourseVersion.objects.select_related("course").select_for_update(of=("self",)).get(pk=version.pk)
    if current.course.current_version_id != current.pk:
        raise NotALaterVersion
    release, _created = VersionRelease.objects.get_or_create(
        cohort_id=cohort_id, version=current, defaults={"actor": actor, "at": now}
    )
    return release
