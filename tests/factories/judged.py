"""People who decide about claims, and claims that they have decided about."""

from typing import Any
from uuid import uuid4

from lms.accounts.models import User
from lms.cohorts.enums import Role
from lms.credits.enums import Verification
from lms.credits.models import Claim
from lms.credits.services.confirming import Confirmed, confirm_claim
from lms.credits.services.putting import Entry
from lms.credits.services.violations import propose_violation
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import DAY, handed_in_claim
from tests.factories.cohorts import RoleGrantFactory

FOUND = Verification.DOCUMENT_CHECKED


def confirmer_at(organisation: Any, role: Role = Role.BASE_MANAGER) -> User:
    """Somebody who decides about the claims of an organisation."""
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation, role=role)
    return user


def confirmed(claim: Claim, user: User, **given: Any) -> Confirmed:
    """The claim as one person's confirmation leaves it."""
    options = {"verification": FOUND, "words": "登记证明已核对", "now": BEGINNING, **given}
    return confirm_claim(claim=claim, user=user, revision=claim.revision, **options)


def small_claim(**given: Any) -> Claim:
    """A claim that one person can confirm: a demand, one point."""
    return handed_in_claim(**{"rule": "demand-filed", "title": "气孔需求", **given})


def settled_claim(**given: Any) -> Claim:
    """A small claim that somebody has confirmed."""
    claim = small_claim(**given)
    return confirmed(claim, confirmer_at(claim.organisation), now=given.get("now", BEGINNING)).claim


def entry_for(place: Any, rule: str = "teaching", **given: Any) -> Entry:
    """What an organisation writes about somebody who has a place there."""
    said = {
        "teaching": {"topic": "合同登记", "class_hours": "3"},
        "violation-minor": {"facts": "合同金额多写一位", "basis": "积分规则第七条"},
    }
    fields = {"title": "授课：合同登记", "occurred_on": DAY, "fields": said[rule], **given}
    return Entry(place.person, place.cohort.organisation, rule, **fields)


def proposed_violation(place: Any, proposer: User | None = None) -> Claim:
    """A violation that waits for a second person."""
    entry = entry_for(place, "violation-minor", title="合同金额不实")
    proposer = proposer or confirmer_at(place.cohort.organisation)
    return propose_violation(entry=entry, user=proposer, request_id=uuid4(), now=BEGINNING)
