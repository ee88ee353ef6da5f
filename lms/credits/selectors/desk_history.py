"""What happened to a claim, in words, for those who decide: with the names of who did it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.credits.enums import AppealState, ClaimState, ShareState

from .queue import names_of

if TYPE_CHECKING:
    from lms.credits.models import Claim, ClaimAppeal, ClaimEvent


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: who did what, and what they wrote."""

    at: datetime
    words: str
    who: str = ""
    reason: str = ""


def desk_history(claim: "Claim") -> list[Happening]:
    """Everything that happened, the last first; of a claim that was read with all around it (one query)."""
    own = f"user:{claim.person.user_id}"
    names = names_of({event.actor for event in claim.events.all()})
    told = [
        Happening(event.at, _of_event(event, own), names.get(event.actor, ""), event.reason)
        for event in claim.events.all()
    ]
    told += [
        Happening(each.at, _("Vouched for: %s") % each.get_verification_display(), name_of(each.user), each.words)
        for each in claim.confirmations.all()
    ]
    told += [
        Happening(
            share.answered_at,
            _("Agreed to a share of %s %%") % share.percent
            if share.state == ShareState.AGREED
            else _("Declined a share of %s %%") % share.percent,
            share.person.real_name,
            share.reason,
        )
        for share in claim.shares.all()
        if share.answered_at and share.person_id != claim.person_id
    ]
    told += [Happening(each.filed_at, _("Appealed"), claim.person.real_name, each.reason) for each in _appeals(claim)]
    return sorted(told, key=lambda each: each.at, reverse=True)


def name_of(user: object) -> str:
    """The real name of somebody on the staff."""
    person = getattr(user, "person", None)
    return person.real_name if person else str(user)


def _appeals(claim: "Claim") -> list["ClaimAppeal"]:
    return list(claim.appeals.all())


def _of_event(event: "ClaimEvent", own: str) -> str:
    if event.from_state == event.to_state:
        return _("Left to others because of an interest")
    before, after = event.from_state, ClaimState(event.to_state)
    if before == ClaimState.APPEALED:
        upheld = after == ClaimState.SUBMITTED
        return str((AppealState.UPHELD if upheld else AppealState.DISMISSED).label)
    if after == ClaimState.SUBMITTED and event.actor != own:
        return _("Written down by the organisation")
    if after == ClaimState.SUBMITTED:
        return _("Handed in again") if before == ClaimState.RETURNED else pgettext("a credit claim", "Handed in")
    return str(after.label)
