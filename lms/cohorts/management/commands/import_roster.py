from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from lms.cohorts.services.rosters import carry_out_import, plan_import, read_roster
from lms.cohorts.services.rosters.finding import cohort_named, user_named
from lms.cohorts.services.rosters.importing import require_importer
from lms.cohorts.services.rosters.planning import Plan
from lms.cohorts.services.rosters.sheet import RosterUnreadable
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Say row by row what importing a roster would do; with --commit, do it."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=".xlsx, or .csv in UTF-8 or GB18030")
        parser.add_argument("--cohort", required=True, help="its code, or BASE/CODE where two bases use one code")
        parser.add_argument("--as", dest="manager", required=True, help="mail address of the base's manager")
        parser.add_argument("--commit", action="store_true", help="write the rows that are right")

    def carry_out(self, **options: Any) -> Outcome:
        manager = user_named(options["manager"])
        cohort = cohort_named(options["cohort"], user=manager)
        require_importer(manager, cohort)
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise RosterUnreadable from error
        sheet = read_roster(content)
        if options["commit"]:
            plan = carry_out_import(cohort=cohort, sheet=sheet, imported_by=manager, now=now())
        else:
            plan = plan_import(cohort=cohort, sheet=sheet, now=now())
        return Outcome(plan.as_json(), _said(plan), ok=not plan.counts["error"])


def _said(plan: Plan) -> list[str]:
    words = _("%(create)s new, %(update)s updated, %(skip)s left out, %(error)s wrong.") % plan.counts
    wrong = [
        _("Row %(row)s: %(message)s") % {"row": row.number, "message": error.message}
        for row in plan.rows
        for error in row.errors
    ]
    return [words, *wrong]
