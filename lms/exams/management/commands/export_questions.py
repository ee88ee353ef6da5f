from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.exams.enums import QuestionFormat
from lms.exams.services.exporting import content_of, write_bank
from lms.exams.services.exporting.codes import codes_in_force
from lms.exams.services.naming import bank_named
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.kernel.refusals import Refusal


class NowhereToWrite(Refusal):
    code = "nowhere-to-write"
    message = gettext_lazy("The file cannot be written there: %(path)s")


class Command(ContractCommand):
    help = "Write a question bank as a file, and say question by question what the format does not hold."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--bank", required=True, help="code of the bank")
        parser.add_argument("--format", required=True, choices=QuestionFormat.values)
        parser.add_argument("--organisation", default="", help="code of the one that keeps it, where two use one code")
        parser.add_argument("--out", default="", help="where to write it; without it, only the report is given")

    def carry_out(self, **options: Any) -> Outcome:
        content = content_of(bank_named(options["bank"], options["organisation"]))
        written = write_bank(content, QuestionFormat(options["format"]), codes_in_force(now()))
        report = written.as_json(content)
        if options["out"]:
            try:
                Path(options["out"]).write_bytes(written.content)
            except OSError as error:
                raise NowhereToWrite(path=options["out"]) from error
        counts = {"written": len(content.questions) - len(written.left_out), "left_out": len(written.left_out)}
        words = _("%(written)s questions written, %(left_out)s left out.") % counts
        told = [f"{item['ref']}: {item['reason']}" for item in report["items"] if item["reason"]]
        return Outcome({**report, "counts": counts, "out": options["out"]}, [words, *told])
