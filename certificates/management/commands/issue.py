"""`issue --decision ID`: issue the certificate of an approved decision; asked again, say the one there is."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy as _

from certificates.selectors.certificates import status_of
from certificates.selectors.decisions import decision_of_ref
from certificates.services.issuing import issue
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.kernel.refusals import NotFound


class NoSuchDecision(NotFound):
    """The number or identifier belongs to no decision."""

    code = "no-such-decision"
    message = _("There is no decision %(ref)s.")


class Command(ContractCommand):
    help = "Issue the certificate of an approved decision."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--decision", required=True, help="number or identifier of the decision")

    def carry_out(self, **options: Any) -> Outcome:
        moment, decision = now(), decision_of_ref(options["decision"])
        if decision is None:
            raise NoSuchDecision(ref=options["decision"])
        certificate = issue(decision=decision, now=moment)
        payload = {
            "serial": certificate.serial,
            "state": certificate.state,
            "result": status_of(certificate, moment),
            "issued_on": certificate.issued_on,
            "valid_until": certificate.valid_until,
        }
        return Outcome(payload, [f"{certificate.serial} {certificate.state}"])
