"""`revoke SERIAL --reason TEXT`: revoke a certificate; it keeps answering on the verification page."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy as _

from certificates.selectors.certificates import status_of
from certificates.selectors.verification import certificate_with_text
from certificates.services.revoking import revoke
from certificates.validators.serials import read_serial
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.kernel.refusals import NotFound


class NoSuchCertificate(NotFound):
    """The serial belongs to no certificate of ours."""

    code = "no-such-certificate"
    message = _("There is no certificate %(serial)s.")


class Command(ContractCommand):
    help = "Revoke a certificate for good."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("serial")
        parser.add_argument("--reason", required=True, help="kept in the record")
        parser.add_argument("--public-reason", default="", help="shown to whoever verifies")

    def carry_out(self, **options: Any) -> Outcome:
        moment = now()
        certificate = certificate_with_text(str(read_serial(options["serial"]) or ""))
        if certificate is None:
            raise NoSuchCertificate(serial=options["serial"])
        certificate = revoke(
            certificate=certificate,
            reason=options["reason"],
            public_reason=options["public_reason"],
            revoked_by=None,
            now=moment,
        )
        payload = {
            "serial": certificate.serial,
            "state": certificate.state,
            "result": status_of(certificate, moment),
        }
        return Outcome(payload, [f"{certificate.serial} {certificate.state}"])
