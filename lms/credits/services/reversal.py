"""Taking a line back: the line stays, a second one with the opposite figure follows it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.services.posting import Line, chain, once, write_down
from lms.kernel.refusals import Refusal
from lms.records.services import audit


class ReversalNeedsReason(Refusal):
    code = "reversal-needs-reason"
    message = _("Say why the line is taken back.")


class CannotReverseReversal(Refusal):
    code = "cannot-reverse-reversal"
    message = _("This line already takes another one back. Post the figure anew instead.")


@transaction.atomic
def reverse(*, line: Line, reason: str, actor: str, now: datetime) -> Line:
    """Take `line` back by a line with the opposite figure and fact; a second call answers that same line."""
    if not reason.strip():
        raise ReversalNeedsReason
    if line.reversal_of_id:
        raise CannotReverseReversal
    opposite = line.opposite()
    opposite.format = 1
    opposite.source = f"credits.reversal:{line.book}:{line.pk}"
    opposite.note, opposite.occurred_at = reason.strip(), now

    def write(new: Line) -> None:
        chain(new, now=now)
        write_down(new, now=now)
        audit.record(
            action="credits.line-reversed",
            actor=actor,
            subject=f"credits.{line.book}:{line.pk}",
            organisation=line.organisation.code,
            detail={"reason": new.note, "reversed_by": new.seq},
            now=now,
        )

    return once(opposite, write)
