from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from courses.services.rebuilding import check_progress, rebuild_progress
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Rebuild the stored study counters from claims, settlements and corrections; with --check, only compare."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if anything differs")

    def carry_out(self, **options: Any) -> Outcome:
        differences = check_progress() if options["check"] else rebuild_progress()
        ok = not (options["check"] and differences)
        lines = [
            f"{difference.enrolment} {difference.item_uid or '-'} {difference.field}: "
            f"stored {difference.stored}, rebuilt {difference.rebuilt}"
            for difference in differences
        ]
        summary = "nothing differs" if not differences else f"{len(differences)} differ"
        payload = {"ok": ok, "differences": [asdict(difference) for difference in differences]}
        return Outcome(payload, [*lines, summary], ok=ok)
