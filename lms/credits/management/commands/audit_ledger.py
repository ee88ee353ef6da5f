from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from lms.credits.enums import Book
from lms.credits.services.auditing import audit_ledger
from lms.kernel.commands import ContractCommand, Outcome
from lms.records.services.audit import verify_audit

AUDIT = "audit"


class Command(ContractCommand):
    help = "Read a ledger from its first line and compare every hash: exit 0 whole, 1 broken."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--book", required=True, choices=[*Book.values, AUDIT])

    def carry_out(self, **options: Any) -> Outcome:
        book = options["book"]
        report = verify_audit() if book == AUDIT else audit_ledger(book=Book(book))
        words = {"book": book, "lines": report.lines, "place": report.first_broken, "head": report.head}
        line = (
            _("%(book)s: %(lines)s lines, every hash fits. Head %(head)s") % words
            if report.ok
            else _("%(book)s: broken at %(place)s; %(lines)s lines read. Head %(head)s") % words
        )
        return Outcome(asdict(report), [line], ok=report.ok)
