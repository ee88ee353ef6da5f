"""Annual activity returns: begun from the ledger, completed by hand, handed in once and then left as they are."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ReturnState
from lms.credits.models import AnnualReturn
from lms.credits.selectors.claims import organisations_for
from lms.credits.selectors.returns import SCHEMA, Json, level_held, work_of
from lms.credits.selectors.rules import table_for
from lms.kernel.beijing import BEIJING
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

FIGURE = re.compile(r"\d{1,10}(\.\d{1,2})?")
MOST_PIECES = 9999
LONGEST_TEXT, LONGEST_NAME = 2000, 120
# Filled from the ledger and not to be written over: they add up to lines that others confirmed.
FROM_LEDGER = ("registered_amount", "registered_count", "transaction_amount", "demands")
AMOUNTS = ("benefit", "achievements_amount")
PIECES = ("achievements_count", "events")
TEXTS = {"post": LONGEST_NAME, "employer": LONGEST_NAME, "events_told": LONGEST_TEXT, "cases": LONGEST_TEXT}


class NoReturnYet(Refusal):
    """Neither a year to come nor one before there were credits."""

    code = "no-such-return-year"
    message = _("A return is made for a year from %(first)s to %(last)s.")


class NotKnownThere(Refusal):
    """Somebody there has to know the person."""

    code = "return-without-organisation"
    message = _("Choose an organisation that knows you: where you study, work or were credited with class hours.")


class ReturnChanged(Conflict):
    """Another tab was faster."""

    code = "return-changed"
    message = _("This return was changed in another window after you opened it. What you typed is still here; compare.")


class ReturnSettled(Conflict):
    """What was handed in stays."""

    code = "return-settled"
    message = _("This return was handed in and stays as it is.")


class NotAFigure(Refusal):
    """Nothing that could be added up."""

    code = "return-figure"
    message = _("“%(given)s” is no amount: write figures with at most two decimals, from 0 to 9999999999.99.")


class NotAPiece(Refusal):
    """Things are counted whole."""

    code = "return-count"
    message = _("“%(given)s” is no number of pieces: write a whole number from 0 to 9999.")


class TextTooLong(Refusal):
    """Longer than anybody reads."""

    code = "return-text"
    message = _("This text is longer than %(most)s characters.")


class ReturnIncomplete(Refusal):
    """A draft may have gaps."""

    code = "return-incomplete"
    message = _("Write where you work before you hand the return in.")


class ConsentMissing(Refusal):
    """Nobody hands in for others to read without saying so."""

    code = "return-consent"
    message = _("Agree that the organisation reads the return and adds it up with others.")


def amount_of(given: Any) -> str:
    """An amount of money as it is kept: plain figures, two decimals; anything else is refused in words."""
    text = str(given).strip().replace(",", "").replace(" ", "").replace("\u2009", "") or "0"
    if not text.isascii() or not FIGURE.fullmatch(text):
        raise NotAFigure(given=str(given)[:40])
    return f"{Decimal(text):.2f}"


def pieces_of(given: Any) -> int:
    """A number of pieces."""
    text = str(given).strip() or "0"
    if not (text.isascii() and text.isdigit()) or int(text[:9]) > MOST_PIECES or len(text) > len(str(MOST_PIECES)):
        raise NotAPiece(given=str(given)[:40])
    return int(text)


@transaction.atomic
def begin_return(*, person: "Person", organisation: "Organisation", year: int, now: datetime) -> AnnualReturn:
    """Begin the return of a year, filled from what was confirmed; begun before, it is answered as it stands."""
    today = now.astimezone(BEIJING).date()
    first = table_for(organisation_id=organisation.pk, on=today).no_earlier_than.year
    if not first <= year <= today.year:
        raise NoReturnYet(first=first, last=today.year)
    if not organisations_for(person).filter(pk=organisation.pk).exists():
        raise NotKnownThere
    blank: Json = {
        "schema": SCHEMA,
        "level": level_held(person.pk),
        "consent": False,
        **dict.fromkeys(TEXTS, ""),
        **_from_ledger(person.pk, year, now),
    }
    begun, _created = AnnualReturn.objects.get_or_create(
        person=person, organisation=organisation, year=year, defaults={"data": blank, "changed_at": now}
    )
    return begun


@transaction.atomic
def write_return(*, annual: AnnualReturn, said: Mapping[str, Any], revision: int, now: datetime) -> AnnualReturn:
    """Keep what was completed by hand; figures from the ledger are left as they were filled in."""
    locked = _locked_draft(annual, revision)
    locked.data = _completed(locked.data, said)
    return _kept(locked, now)


@transaction.atomic
def refill_return(*, annual: AnnualReturn, revision: int, now: datetime) -> AnnualReturn:
    """Take the figures from the ledger once more; what was written by hand stays where the ledger knows nothing."""
    locked = _locked_draft(annual, revision)
    before, fresh = locked.data, _from_ledger(locked.person_id, locked.year, now)
    by_hand = {name: before["figures"][name] for name in (*AMOUNTS, *PIECES)}
    amounts = {row["claim"]: row["amount"] for row in before["achievements"]}
    for row in fresh["achievements"]:
        row["amount"] = amounts.get(row["claim"], row["amount"])
    for name in PIECES:
        by_hand[name] = max(by_hand[name], fresh["figures"][name])
    locked.data = {**before, **fresh, "figures": {**fresh["figures"], **by_hand}}
    return _kept(locked, now)


@transaction.atomic
def hand_in_return(*, annual: AnnualReturn, revision: int, actor: str, now: datetime) -> AnnualReturn:
    """Hand the return in; from now on it stays as it is. Handed in before, it is answered as it stands."""
    there = AnnualReturn.objects.select_for_update().get(pk=annual.pk)
    if there.state == ReturnState.SUBMITTED and there.revision == revision + 1:
        return there
    locked = _locked_draft(annual, revision)
    if not locked.data["employer"]:
        raise ReturnIncomplete
    if not locked.data["consent"]:
        raise ConsentMissing
    locked.data = {**locked.data, "name": locked.person.real_name}
    locked.state, locked.submitted_at = ReturnState.SUBMITTED, now
    audit.record(
        action="credits.return-handed-in",
        actor=actor,
        subject=f"credits.annual_return:{locked.pk}",
        organisation=locked.organisation.code,
        detail={"year": locked.year},
        now=now,
    )
    return _kept(locked, now)


def _from_ledger(person_id: int, year: int, now: datetime) -> Json:
    filled = work_of(person_id, year)
    return {
        "figures": filled.figures,
        "contracts": filled.contracts,
        "achievements": filled.achievements,
        "claims": filled.claims,
        "filled_at": now.isoformat(),
    }


def _locked_draft(annual: AnnualReturn, revision: int) -> AnnualReturn:
    locked = AnnualReturn.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    found = locked.get(pk=annual.pk)
    if found.state != ReturnState.DRAFT:
        raise ReturnSettled
    if found.revision != revision:
        raise ReturnChanged
    return found


def _kept(locked: AnnualReturn, now: datetime) -> AnnualReturn:
    locked.revision, locked.changed_at = locked.revision + 1, now
    locked.save()
    return locked


def _completed(data: Json, said: Mapping[str, Any]) -> Json:
    figures = dict(data["figures"])
    figures.update({name: amount_of(said[name]) for name in AMOUNTS if name in said})
    figures.update({name: pieces_of(said[name]) for name in PIECES if name in said})
    amounts = said.get("amounts", {})
    achievements = [
        {**row, "amount": amount_of(amounts.get(row["claim"], row["amount"]))} for row in data["achievements"]
    ]
    return {
        **data,
        **{name: _text(said.get(name, data[name]), most) for name, most in TEXTS.items()},
        "level": _level(said.get("level", data["level"])),
        "consent": bool(said.get("consent", data["consent"])),
        "figures": figures,
        "achievements": achievements,
    }


def _text(given: Any, most: int) -> str:
    text = str(given).replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > most:
        raise TextTooLong(most=most)
    return text


def _level(given: Any) -> str:
    return str(given) if str(given) in list(LevelCode) else ""
