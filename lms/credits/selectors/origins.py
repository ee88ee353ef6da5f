"""What claims were filled from: records of rooms above, known here by their name alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState
from lms.credits.models import Claim

if TYPE_CHECKING:
    from django.utils.functional import Promise

# Claims that leave their origin free for another.
OVER = (ClaimState.WITHDRAWN, ClaimState.REJECTED)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim comes from, in words, and the page of that record."""

    words: "str | Promise"
    page: str
    uid: str


# What the first word of an origin means, and the name of its page.
_KNOWN = {"courses.practice": (_("Filled from your practice record"), "courses:my-practice-record")}


def claim_of_origin(person_id: int, origin: str) -> Claim | None:
    """The claim that stands for this record, if there is one (one query)."""
    if not origin:
        return None
    standing = Claim.objects.filter(person=person_id, origin=origin).exclude(state__in=OVER)
    return standing.select_related("organisation", "rules").first()


def origin_of(claim: Claim) -> Origin | None:
    """What the claim was filled from, if from anything that this platform knows."""
    room, _colon, uid = claim.origin.partition(":")
    known = _KNOWN.get(room)
    return Origin(known[0], known[1], uid) if known and uid else None
