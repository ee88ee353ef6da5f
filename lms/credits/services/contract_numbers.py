"""One registered contract counts once, whoever claims for it and however its number is written."""

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.models import ContractNumber
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import encryption

if TYPE_CHECKING:
    from lms.credits.models import Claim

PURPOSE = "credits.contract-number"
FIELD = "registration_number"
SHORTEST, TAIL = 6, 4


class ContractNumberTooShort(Refusal):
    """What is left of it names no contract."""

    code = "contract-number-short"
    message = _("A registration number has at least %(least)s letters and figures; “%(given)s” has fewer.")


class ContractNumberTaken(Conflict):
    """Somebody claims for this contract already; who, and where, is nobody else's business."""

    code = "contract-number-taken"
    message = _(
        "Credits for the contract with this number (ending in %(tail)s) are claimed already. A contract counts once: "
        "ask your partners whether one of them has claimed it and named your share, or correct the number."
    )


def folded(number: str) -> str:
    """The letters and figures alone, in one width and in capitals: spaces, hyphens and case make no other contract."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", number).upper() if sign.isalnum())


@transaction.atomic
def take(claim: "Claim", *, now: datetime) -> ContractNumber | None:
    """Hold the contract of `claim` for it alone; None where the claim is about no contract.

    A claim that holds the number already keeps it; one that now names another number gives the first one back.
    """
    number = folded(str(claim.fields.get(FIELD, "")))
    if not number:
        return None
    if len(number) < SHORTEST:
        raise ContractNumberTooShort(least=SHORTEST, given=claim.fields[FIELD])
    hashed = encryption.blind_hash(number, purpose=PURPOSE)
    held = ContractNumber.objects.filter(claim=claim).first()
    if held is not None and held.number_hash == hashed:
        return held
    release(claim)
    try:
        with transaction.atomic():
            return ContractNumber.objects.create(
                number_hash=hashed, tail=number[-TAIL:], claim_id=claim.pk, taken_at=now
            )
    except IntegrityError as taken:
        raise ContractNumberTaken(tail=number[-TAIL:]) from taken


@transaction.atomic
def release(claim: "Claim") -> None:
    """Give the contract back, so that it can be claimed for again."""
    ContractNumber.objects.filter(claim_id=claim.pk).delete()
