"""`rotate_keys --issuer CODE --purpose vc, pades or field`: sign, or encipher, with a new key from now on."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy as _

from certificates.documents.dids import PLATFORM
from certificates.enums import KeyPurpose
from certificates.services.keys import rotate
from certificates.services.publishing import publish_registry
from lms.cohorts.selectors.organisations import organisation_by_code
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.kernel.refusals import NotFound
from lms.records.services.encryption import rotate_field_key

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

FIELD = "field"


class NoSuchOrganisation(NotFound):
    """The code belongs to no organisation."""

    code = "no-such-organisation"
    message = _("There is no organisation with the code %(code)s.")


class Command(ContractCommand):
    help = "Make a new key; what the old one signed or enciphered stays readable."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--issuer", default=PLATFORM, help="code of the organisation, or platform")
        parser.add_argument("--purpose", required=True, choices=[*KeyPurpose.values, FIELD])

    def carry_out(self, **options: Any) -> Outcome:
        purpose, code = options["purpose"], options["issuer"]
        if purpose == FIELD:
            number = rotate_field_key()
            return Outcome({"purpose": FIELD, "key": number}, [f"field key {number}"])
        organisation: Organisation | None = None
        if code != PLATFORM:
            organisation = organisation_by_code(code)
            if organisation is None:
                raise NoSuchOrganisation(code=code)
        moment = now()
        key = rotate(organisation=organisation, purpose=KeyPurpose(purpose), now=moment, actor="operator")
        publish_registry(now=moment)
        payload = {"issuer": code, "purpose": purpose, "kid": key.kid, "not_before": key.not_before}
        return Outcome(payload, [f"{code} {purpose} {key.kid}"])
