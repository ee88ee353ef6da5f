"""What binds a trainee by date: what comes next, and what is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.enums import CertificateState
from certificates.selectors.agenda import CERTIFICATE
from courses.selectors.catalogue import LEVEL_LABELS
from lms.desks.navigation import address
from lms.exams.selectors.agenda import DONE, EXAM, OPEN, Dated
from lms.kernel.levels import LevelCode

from .work import Entry, Tag, days_left, entry, in_beijing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lms.cohorts.selectors.places import Place

PRESSING = timedelta(days=3)
RENEW_WITHIN = timedelta(days=180)
CLOSED_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as the desk shows it."""

    serial: str
    level: str
    state: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """Lines by date, and the certificates among them."""

    next: tuple[Entry, ...]
    late: tuple[Entry, ...]
    held: tuple[Held, ...]


def agenda_in(dated: "Sequence[Dated]", place: "Place | None", *, complete: bool, now: datetime) -> Agenda:
    """The dates of a trainee as work: asks nothing."""
    entries = [line for each in dated if (line := _line(each, now))]
    if place and not complete:
        entries.append(_last_day(place, now))
    entries.sort(key=lambda line: line.at)
    held = [each for each in dated if each.kind == CERTIFICATE]
    return Agenda(
        next=tuple(line for line in entries if not line.late),
        late=tuple(line for line in entries if line.late),
        held=tuple(Held(each.ref, each.title, str(CertificateState(each.state).label)) for each in reversed(held)),
    )


def _line(each: Dated, now: datetime) -> Entry | None:
    return _exam(each, now) if each.kind == EXAM else _certificate(each, now)


def _exam(each: Dated, now: datetime) -> Entry | None:
    title = (each.title_en if get_language() == "en" else "") or each.title
    url = address("exams:list")
    if each.state == DONE or each.ends < now - CLOSED_SHOWN_FOR:
        return None
    if each.ends <= now:
        text = _("The room has closed and you did not sit. Ask the training base for another date.")
        return entry(each.ends, title, now=now, text=text, late=True, tag=Tag(_("missed"), "err", "x"))
    if each.state == OPEN:
        text = _("You have begun. Answers are taken until your time is up.")
        return entry(each.ends, title, now=now, text=text, url=url, tag=Tag(_("under way"), "info", "half"))
    if now < each.begins:
        text = _("The room opens then, Beijing time. Bring your identity document.")
        return entry(each.begins, title, now=now, text=text, url=url, tag=days_left(each.begins, now))
    text = _("The room is open and closes then, Beijing time; you have not sat yet.")
    pressing = each.ends - now < PRESSING
    return entry(each.ends, title, now=now, text=text, url=url, late=pressing, tag=days_left(each.ends, now))


def _certificate(each: Dated, now: datetime) -> Entry | None:
    """Only a certificate that stands runs out; one that was revoked, replaced or suspended has other troubles."""
    last_day = each.ends.date()
    if each.state != CertificateState.ISSUED or last_day > in_beijing(now) + RENEW_WITHIN:
        return None
    over = last_day < in_beijing(now)
    title = _("Certificate %(level)s has expired") if over else _("Last day of the certificate %(level)s")
    tag = Tag(_("expired"), "err", "x") if over else days_left(last_day, now)
    label = LEVEL_LABELS[LevelCode(each.title)]
    url = address("certificates:mine")
    return entry(last_day, title % {"level": label}, now=now, text=each.ref, url=url, late=over, tag=tag)


def _last_day(place: "Place", now: datetime) -> Entry:
    over = place.ends_on < in_beijing(now)
    text = (
        _("The cohort is over and requirements are still open. Ask the training base how to go on.")
        if over
        else _("Class hours of this cohort are counted until then.")
    )
    tag = Tag(_("over"), "err", "x") if over else days_left(place.ends_on, now)
    return entry(place.ends_on, _("Last day of your cohort"), now=now, text=text, late=over, tag=tag)
