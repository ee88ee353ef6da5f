"""What happened to a claim, in words, for the person who claimed."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.credits.enums import AppealState, ClaimState, ShareState

if TYPE_CHECKING:
    from lms.credits.models import Claim, ClaimEvent


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, and the reason that was given for it."""

    at: datetime
    words: str
    reason: str = ""


def history_of(claim: "Claim") -> list[Happening]:
    """Everything that happened, the last first; of a claim that was read with all around it (no query)."""
    own = f"user:{claim.person.user_id}"
    told = [Happening(event.at, _of_event(event, own), event.reason) for event in claim.events.all()]
    told += [
        Happening(
            each.at, _("Confirmed by the first of two people: %(level)s") % {"level": each.get_verification_display()}
        )
        for each in claim.confirmations.all()
        if claim.state != ClaimState.CONFIRMED or each.at != _confirmed_at(claim)
    ]
    told += _answers(claim)
    told += [Happening(each.filed_at, _("What you held against it"), each.reason) for each in claim.appeals.all()]
    told += [
        Happening(each.decided_at, _("The answer to your appeal"), each.answer)
        for each in claim.appeals.all()
        if each.state != AppealState.FILED and each.decided_at
    ]
    told.reverse()  # of two at one moment, the later told comes first
    told.sort(key=lambda each: each.at, reverse=True)
    return told


def _confirmed_at(claim: "Claim") -> datetime | None:
    return next((event.at for event in claim.events.all() if event.to_state == ClaimState.CONFIRMED), None)


def _answers(claim: "Claim") -> list[Happening]:
    told = []
    for share in claim.shares.all():
        if share.person_id == claim.person_id or share.answered_at is None:
            continue
        words = (
            _("%(name)s agreed to %(percent)s %%")
            if share.state == ShareState.AGREED
            else _("%(name)s declined %(percent)s %%")
        )
        said = {"name": share.person.real_name, "percent": share.percent}
        told.append(Happening(share.answered_at, words % said, share.reason))
    return told


def _of_event(event: "ClaimEvent", own: str) -> str:
    if event.from_state == event.to_state:
        return _("Passed on: somebody who could have decided has an interest in it")
    before, after = ClaimState(event.from_state) if event.from_state else None, ClaimState(event.to_state)
    if before == ClaimState.APPEALED:
        return _("Your appeal was upheld") if after == ClaimState.SUBMITTED else _("Your appeal was dismissed")
    if after == ClaimState.SUBMITTED:
        return (
            pgettext("credit claim", "Handed in again")
            if before == ClaimState.RETURNED
            else pgettext("credit claim", "Handed in")
        )
    if after == ClaimState.APPEALED:
        return _("You appealed against the rejection")
    if after == ClaimState.WITHDRAWN and event.actor == own:
        return _("You withdrew the claim")
    return str(after.label)
