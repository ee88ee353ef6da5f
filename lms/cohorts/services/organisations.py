"""Opening organisations."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import OrganisationKind
from lms.cohorts.models import Organisation
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit


class CodeTaken(Conflict):
    """The code is printed in serials, so it belongs to one organisation for ever."""

    code = "organisation-code-taken"
    message = _("The code %(code)s belongs to another organisation.")


class CodeNotPrintable(Refusal):
    """The code must be read from paper without doubt."""

    code = "organisation-code"
    message = _("An organisation's code has four capital letters or digits, without I, O and L.")


@transaction.atomic
def create_organisation(
    *,
    code: str,
    kind: OrganisationKind,
    name: str,
    name_en: str,
    city: str = "",
    parent: Organisation | None = None,
    authority_basis: str = "",
    actor: str = "system",
    now: datetime,
) -> Organisation:
    """Open an organisation under a code that no other has ever had."""
    if Organisation.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                code=code,
                kind=OrganisationKind(kind),
                name=name,
                name_en=name_en,
                city=city,
                parent=parent,
                authority_basis=authority_basis,
                created_at=now,
            )
    except IntegrityError as error:
        raise CodeNotPrintable from error
    audit.record(
        action="cohorts.organisation.create",
        actor=actor,
        subject=f"cohorts.organisation:{organisation.pk}",
        organisation=code,
        now=now,
    )
    return organisation
