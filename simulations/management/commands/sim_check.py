"""Check a scenario file: every problem with its line."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput
from simulations.engine.checks import check_text
from simulations.engine.load import Problem


class UnreadableScenario(UnreadableInput):
    message = _("The file %(path)s cannot be read as UTF-8 text.")


class Command(ContractCommand):
    help = "Check a scenario file and name the line of every problem."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a scenario file in YAML")

    def carry_out(self, **options: Any) -> Outcome:
        path = Path(options["file"])
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise UnreadableScenario(path=path) from fault
        rows = [_row(problem) for problem in check_text(text).problems]
        lines = [f"{path}:{row['line']}: {row['message']} [{row['code']}]" for row in rows]
        return Outcome(rows, lines or [_("%(path)s: nothing to mend.") % {"path": path}], ok=not rows)


def _row(problem: Problem) -> dict[str, Any]:
    chinese = (get_language() or "").startswith("zh")
    message = problem.message_zh if chinese else problem.message
    return {"line": problem.line, "path": problem.path, "code": problem.code, "message": message}
