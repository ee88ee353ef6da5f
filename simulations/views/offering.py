"""The shelf of cases: by level, by the side one comes from, with what is set, what was reached and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from simulations.enums import LEVEL_NAMES
from simulations.models import ScenarioVersion
from simulations.selectors.attempts import Record

if TYPE_CHECKING:
    from simulations.selectors.assignments import Offered

ROLES: dict[str, str | Promise] = {
    "research": pgettext_lazy("simulation role", "Research side"),
    "market": pgettext_lazy("simulation role", "Market side"),
    "capital": pgettext_lazy("simulation role", "Capital side"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One case on the shelf."""

    version: ScenarioVersion
    case: dict[str, Any]
    record: Record
    roles: list[str | Promise]
    assigned: list["Offered"]


@dataclass(frozen=True, slots=True)
class Board:
    """The cases of one level."""

    level: str
    name: str | Promise
    is_own: bool
    passed: int
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next, in a sentence, and where."""

    why: str
    title: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is on offer, as one asked to see it."""

    boards: list[Board]
    roles: list[tuple[str, str | Promise, bool]]
    role: str
    next: Next | None


def shelf(
    *,
    offers: Sequence[tuple[ScenarioVersion, dict[str, Any]]],
    records: Mapping[str, Record],
    assigned: Sequence["Offered"],
    role: str,
    level: str,
) -> Shelf:
    """Lay the cases out; `role` leaves those of one side, `level` is the reader's own."""
    laid = [_offer(version, case, records, assigned) for version, case in offers]
    shown = [offer for offer in laid if role not in ROLES or role in offer.case["roles"]]
    levels = [code for code in LEVEL_NAMES if any(offer.version.level == code for offer in shown)]
    return Shelf(
        boards=[_board(code, shown, level) for code in levels],
        roles=[(code, name, code == role) for code, name in ROLES.items()],
        role=role if role in ROLES else "",
        next=_next(shown, level),
    )


def _offer(
    version: ScenarioVersion, case: dict[str, Any], records: Mapping[str, Record], assigned: Sequence["Offered"]
) -> Offer:
    return Offer(
        version=version,
        case=case,
        record=records.get(version.code, Record()),
        roles=[ROLES[role] for role in case["roles"]],
        assigned=[each for each in assigned if each.assignment.scenario_version_id == version.pk],
    )


def _board(level: str, offers: Sequence[Offer], own: str) -> Board:
    these = [offer for offer in offers if offer.version.level == level]
    return Board(level, LEVEL_NAMES[level], level == own, sum(offer.record.passed for offer in these), these)


def _next(offers: Sequence[Offer], level: str) -> Next | None:
    """One open attempt, else what is set and ends first, else the first case of one's level not passed yet."""
    for offer in offers:
        if offer.record.open_uid:
            address = reverse("simulations:room", args=[offer.record.open_uid])
            return _step(offer, _("You left this table; everything stands as it was."), _("Back to the table"), address)
    to_do = [(each.deadline, offer) for offer in offers for each in offer.assigned if each.may_begin]
    if to_do:
        return _briefed(min(to_do, key=lambda pair: pair[0])[1], _("Set to your class, and the first to end."))
    fresh = [offer for offer in offers if not offer.record.passed]
    own = [offer for offer in fresh if offer.version.level == level]
    if not fresh:
        return None
    why = _("Of your level, and not passed yet.") if own else _("Not passed yet.")
    return _briefed((own or fresh)[0], why)


def _briefed(offer: Offer, why: str) -> Next:
    return _step(offer, why, _("Read the briefing"), reverse("simulations:briefing", args=[offer.version.code]))


def _step(offer: Offer, why: str, label: str, address: str) -> Next:
    return Next(why, offer.case["title"], label, address)
