"""Reporting that a person's identity was checked, so that requirement trees know."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal
from lms.records.services import audit
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.schemes.models import RequirementFact


class NothingToConfirm(Refusal):
    """Somebody compares a document with a number; without a number there is nothing to compare."""

    code = "identity-missing"
    message = _("No identity number is registered for this person. Enter it first.")


def record_identity(person: "Person", now: datetime) -> "RequirementFact":
    """The fact that this person's identity number is registered and checked; recorded once."""
    return record_fact(
        person_id=person.pk,
        kind=FactKind.IDENTITY,
        ref=person.identity_kind,
        value=Decimal(1),
        source=f"accounts.identity:{person.pk}",
        occurred_at=now,
        now=now,
    )


@transaction.atomic
def confirm_identity(*, person: "Person", actor: str, now: datetime) -> "RequirementFact":
    """Somebody compared the document with the registered number."""
    if not person.identity_hash:
        raise NothingToConfirm
    audit.record(action="cohorts.identity.confirm", actor=actor, subject=f"accounts.person:{person.pk}", now=now)
    return record_identity(person, now)
