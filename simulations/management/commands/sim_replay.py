from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput
from lms.kernel.refusals import NotFound
from simulations.selectors.attempts import attempt_by_uid
from simulations.selectors.replay import ReplayReport, replay


class NotAnAttemptNumber(UnreadableInput):
    message = gettext_lazy("“%(given)s” is no number of an attempt. It looks like 3f2b6c1e-….")


class NoSuchAttempt(NotFound):
    code = "no-such-attempt"
    message = gettext_lazy("There is no attempt %(uid)s.")


class Command(ContractCommand):
    help = "Decide an attempt again from its commands and seeds, and compare events and score."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("attempt", help="the attempt's uid, as in its address")

    def carry_out(self, **options: Any) -> Outcome:
        try:
            uid = UUID(options["attempt"])
        except ValueError as fault:
            raise NotAnAttemptNumber(given=options["attempt"]) from fault
        attempt = attempt_by_uid(uid)
        if attempt is None:
            raise NoSuchAttempt(uid=uid)
        report = replay(attempt)
        return Outcome(report.as_payload(), _lines(report), ok=report.ok)


def _lines(report: ReplayReport) -> list[str]:
    told = _("%(commands)s commands (%(refused)s refused) gave %(events)s events.") % {
        "commands": report.commands,
        "refused": report.refused,
        "events": report.events,
    }
    if report.ok:
        return [told, _("Decided again, events and score are equal.")]
    apart = _("Decided again, %(count)s commands come out otherwise; score %(kept)s, again %(again)s.")
    return [
        told,
        apart % {"count": len(report.differences), "kept": report.score_kept, "again": report.score_again},
    ]
