import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.credits.enums import Book
from lms.credits.services.auditing import LedgerReport, audit_acts, audit_ledger
from lms.credits.services.saved_heads import UnusableHeads, contradiction
from lms.credits.services.sealing import AUDIT
from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput

BROKEN = {
    "line": gettext_lazy("%(book)s: broken at %(place)s; %(lines)s lines read. Head %(head)s"),
    "figure": gettext_lazy("%(book)s: the figures of %(place)s do not follow from the lines before"),
    "total": gettext_lazy("%(book)s: the total %(place)s is not the sum of its lines"),
    "words": gettext_lazy("%(book)s: the words of %(place)s are not those that were written"),
    "seal": gettext_lazy("%(book)s: the seal %(place)s does not fit"),
    "sealed-line": gettext_lazy("%(book)s: %(place)s was sealed and does not stand as it was"),
}
CONTRADICTED = {
    "seal-missing": gettext_lazy("%(book)s: seal %(number)s of the saved heads is missing here: this is an older copy"),
    "seal-differs": gettext_lazy("%(book)s: seal %(number)s differs from the saved heads: the book was written anew"),
    "lines-missing": gettext_lazy("%(book)s: %(number)s lines fewer than in the saved heads: this is an older copy"),
}


class Unreadable(UnreadableInput):
    message = gettext_lazy("“%(file)s” holds no heads of this book: save /ledger/heads.json and name that file.")


def _saved(file: str, book: str) -> tuple[str, int] | None:
    """What the saved heads say against the book."""
    try:
        return contradiction(book=book, saved=json.loads(Path(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, UnusableHeads) as error:
        raise Unreadable(file=file) from error


class Command(ContractCommand):
    help = "Prove a ledger, line by line, total by total, seal by seal: exit 0 whole, 1 broken."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--book", required=True, choices=[*Book.values, AUDIT])
        parser.add_argument("--head", metavar="FILE", help="a heads.json saved earlier; a copy older than it is told")

    def carry_out(self, **options: Any) -> Outcome:
        book = options["book"]
        against = _saved(options["head"], book) if options["head"] else None
        report = audit_acts() if book == AUDIT else audit_ledger(book=Book(book))
        payload = {**asdict(report), "ok": report.ok and not against, "against_head": None}
        lines = [_sentence(book, report)]
        if against:
            payload["against_head"] = {"what": against[0], "number": against[1]}
            lines.append(str(CONTRADICTED[against[0]]) % {"book": book, "number": against[1]})
        return Outcome(payload, lines, ok=payload["ok"])


def _sentence(book: str, report: LedgerReport) -> str:
    words = {
        "book": book,
        "lines": report.lines,
        "place": report.first_broken,
        "head": report.head,
        "seals": report.seals,
    }
    if report.fault:
        return str(BROKEN[report.fault]) % words
    whole = _("%(book)s: %(lines)s lines, all hashes, totals and seals fit (%(seals)s seals). Head %(head)s") % words
    return f"{whole}{_erased(report)}"


def _erased(report: LedgerReport) -> str:
    return _(" The words of %(erased)s lines were erased.") % {"erased": report.erased} if report.erased else ""
