from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from lms.exams.enums import QuestionFormat
from lms.exams.services.importing import Plan, Status, carry_out_import, plan_import, read_questions
from lms.exams.services.importing.files import QuestionsUnreadable
from lms.exams.services.naming import bank_named
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Say question by question what importing a file would do; with --commit, write the right ones as drafts."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file of questions, at most 5 MB and 2,000 questions")
        parser.add_argument("--format", required=True, choices=QuestionFormat.values)
        parser.add_argument("--bank", required=True, help="code of the bank")
        parser.add_argument("--organisation", default="", help="code of the one that keeps it, where two use one code")
        parser.add_argument("--commit", action="store_true", help="write the questions that are right")

    def carry_out(self, **options: Any) -> Outcome:
        file_format = QuestionFormat(options["format"])
        bank = bank_named(options["bank"], options["organisation"])
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise QuestionsUnreadable(format=str(file_format.label)) from error
        entries = read_questions(content, file_format)
        if options["commit"]:
            plan = carry_out_import(bank=bank, entries=entries, actor="system", now=now())
        else:
            plan = plan_import(bank=bank, entries=entries)
        return Outcome(plan.as_json(), _said(plan), ok=not plan.counts[Status.ERROR])


def _said(plan: Plan) -> list[str]:
    words = _("%(created)s new, %(updated)s updated, %(same)s the same, %(skipped)s left out, %(error)s wrong.")
    told = [
        _("%(ref)s (%(place)s): %(reason)s")
        % {"ref": verdict.entry.ref, "place": verdict.entry.place, "reason": " ".join(verdict.reasons)}
        for verdict in plan.verdicts
        if verdict.reasons
    ]
    return [words % plan.counts, *told]
