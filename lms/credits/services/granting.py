"""Granting credits without a claim: what an organisation knows itself, such as teaching for it."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from lms.credits.selectors.rules import table_of

from .confirming import Confirmed, confirm_claim
from .judging import levels_for
from .putting import Entry, put

if TYPE_CHECKING:
    from lms.accounts.models import User


@transaction.atomic
def grant(*, entry: Entry, user: "User", request_id: UUID, words: str = "", now: datetime) -> Confirmed:
    """Write down what somebody did for the organisation and vouch for it; from the threshold on, a second person has
    to confirm it. The same `request_id` grants once.
    """
    claim, _is_new = put(entry=entry, user=user, request_id=request_id, violation=False, now=now)
    return confirm_claim(
        claim=claim,
        user=user,
        verification=levels_for(table_of(claim.rules).rule(claim.rule))[0],
        words=words,
        revision=claim.revision,
        now=now,
    )
