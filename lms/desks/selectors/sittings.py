"""Exams as lines of a work list."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .work import Entry, Tag, days_left, entry

if TYPE_CHECKING:
    from lms.exams.selectors.figures import Sitting


def sitting_entry(sitting: "Sitting", now: datetime) -> Entry:
    """An exam by the moment that comes next: its opening, or its closing once it is open."""
    opened = sitting.opens_at <= now
    words = {"seats": sitting.seats, "sat": sitting.sat, "waiting": sitting.waiting}
    if not opened:
        text = _("The room opens then, Beijing time; seats: %(seats)s.") % words
        return entry(sitting.opens_at, sitting.title, now=now, text=text, tag=days_left(sitting.opens_at, now))
    text = _("The room closes then, Beijing time; sat: %(sat)s of %(seats)s.") % words
    tag = days_left(sitting.closes_at, now) if sitting.waiting else Tag(_("all have sat"), "ok", "check")
    return entry(sitting.closes_at, sitting.title, now=now, text=text, tag=tag)
