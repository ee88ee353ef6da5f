"""Where a person stands in their courses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.enums import ItemState
from courses.models import Course, Enrolment, ItemProgress

from .outlines import Item, items_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from courses.models.enrolment import EnrolmentQuerySet
    from lms.accounts.models import Person, User


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item and how far its reader has come."""

    item: Item
    covered_s: int
    complete: bool
    last_at: "datetime | None"

    @property
    def left_s(self) -> int:
        """Seconds still to be studied."""
        return self.item.declared_s - self.covered_s

    @property
    def left_minutes(self) -> int:
        """Minutes still to be studied; one that has begun counts whole."""
        return -(-self.left_s // 60)

    @property
    def percent(self) -> int:
        """Whole percent of the declared time, rounded down."""
        return self.covered_s * 100 // self.item.declared_s

    @property
    def why(self) -> str:
        """Why the item is not complete, or that it is, in one sentence."""
        if self.complete:
            return _("Complete: all %(minutes)s declared minutes have been counted.") % {"minutes": self.item.minutes}
        minutes, seconds = divmod(self.left_s, 60)
        return _(
            "Not complete yet: %(minutes)s min %(seconds)s s of attentive reading are still missing "
            "of the %(declared)s declared minutes."
        ) % {"minutes": minutes, "seconds": seconds, "declared": self.item.minutes}


def enrolments_of(person: "Person") -> "EnrolmentQuerySet":
    """The person's live enrolments with outline and counters, the one studied last first (one query)."""
    return (
        Enrolment.objects.live()
        .filter(person=person)
        .with_outline()
        .select_related("organisation")
        .order_by(F("progress__last_at").desc(nulls_last=True), "-enrolled_at", "-pk")
    )


def live_enrolment(user: "User | AnonymousUser", course: Course) -> Enrolment | None:
    """The visitor's own enrolment in the course, if there is one."""
    if not user.is_authenticated:
        return None
    return Enrolment.objects.live().with_outline().filter(course=course, person__user_id=user.pk).first()


def title_of(enrolment: Enrolment) -> str:
    """The title of the version that the person reads, in the language now active."""
    version = enrolment.course_version
    return version.title_en if get_language() == "en" and version.title_en else version.title


def item_standings(enrolment: Enrolment) -> list[ItemStanding]:
    """Every item of the enrolment's version with the person's progress (one query)."""
    rows = {row.item_uid: row for row in ItemProgress.objects.filter(enrolment=enrolment).defer("covered")}
    return [_standing(item, rows.get(item.uid)) for item in items_of(enrolment.course_version)]


def _standing(item: Item, row: ItemProgress | None) -> ItemStanding:
    if row is None:
        return ItemStanding(item, 0, complete=False, last_at=None)
    return ItemStanding(item, row.covered_s, complete=row.state == ItemState.COMPLETE, last_at=row.last_at)


def next_item(enrolment: Enrolment) -> Item | None:
    """Where to go on: the item read last if it is not complete, else the first that is not; None when all are."""
    missing = [standing.item for standing in item_standings(enrolment) if not standing.complete]
    last = enrolment.progress.last_item_uid
    return next((item for item in missing if item.uid == last), missing[0] if missing else None)
