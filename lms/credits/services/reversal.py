"""Taking a line back: the line stays, a second one with the opposite figure follows it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lms.credits.services.posting import Line, post
from lms.kernel.refusals import Refusal
from lms.records.services import audit
from lms.records.services.chain import joined


class ReversalNeedsReason(Refusal):
    code = "reversal-needs-reason"
    message = _("Say why the line is taken back.")


class CannotReverseReversal(Refusal):
    code = "cannot-reverse-reversal"
    message = _("This line already takes another one back. Post the figure anew instead.")


def reverse(*, line: Line, reason: str, actor: str, now: datetime) -> Line:
    """Take `line` back by a line with the opposite figure and fact; a second call answers that same line.

    The reason lies with the words of the new line and can be erased; the audit book keeps the commitment to it.
    """
    if not reason.strip():
        raise ReversalNeedsReason
    if line.reversal_of_id:
        raise CannotReverseReversal
    opposite = line.opposite()
    opposite.source = f"credits.reversal:{line.book}:{line.pk}"
    opposite.occurred_at, opposite.verifier = now, actor[:60]
    with joined():
        posted = post(line=opposite, words=reason, now=now)
        if posted.line is None:
            raise LookupError(opposite.source)
        if posted.is_new:
            audit.record(
                action="credits.line-reversed",
                actor=actor,
                subject=f"credits.{line.book}:{line.pk}",
                organisation=line.organisation.code,
                detail={"reversed_by": posted.line.seq, "reason_commitment": posted.line.commitment},
                now=now,
            )
    return posted.line
