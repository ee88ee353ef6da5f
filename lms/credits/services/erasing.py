"""Erasing words: data protection may ask for it; the lines stay, and so does their chain."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.models import LineText
from lms.kernel.refusals import Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import Person


class ErasureNeedsReason(Refusal):
    code = "erasure-needs-reason"
    message = _("Say on what ground the words are erased.")


@transaction.atomic
def erase_texts(*, person: "Person", reason: str, actor: str, now: datetime) -> int:
    """Erase the words of all of a person's lines with their salts; answers how many, and again none.

    What is left of them is a commitment that nobody can open without the salt. Lines of format 1 hashed their words
    themselves and keep them.
    """
    if not reason.strip():
        raise ErasureNeedsReason
    count, _by_model = LineText.objects.filter(person=person).delete()
    if count:
        audit.record(
            action="credits.words-erased",
            actor=actor,
            subject=f"accounts.person:{person.pk}",
            detail={"reason": reason.strip(), "lines": count},
            now=now,
        )
    return count
