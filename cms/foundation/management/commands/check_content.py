from typing import Any

from django.core.management.base import CommandParser

from cms.foundation.services.checking import check_names, faults_of_content
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Look through lessons, site texts and whatever else registers a check; exit 1 where something is wrong."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("checks", nargs="*", choices=[*check_names(), []], help="only these; all without a name")

    def carry_out(self, **options: Any) -> Outcome:
        faults = faults_of_content(options["checks"])
        lines = [f"{fault.where}: {fault.message} [{fault.code}]" for fault in faults]
        return Outcome([fault.as_dict() for fault in faults], lines, ok=not faults)
