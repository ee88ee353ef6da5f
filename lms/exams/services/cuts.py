"""Deciding on the pass mark of an exam: by whom, on which day, by which method."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import CutMethod
from lms.exams.models import CutScore, Exam
from lms.exams.selectors.cuts import results_are_out
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit


class ResultsAreOut(Conflict):
    code = "results-are-out"
    message = _("Results of this exam are out. A changed pass mark is now a regrade, which a second person approves.")


class CutNotRight(Refusal):
    code = "cut-not-right"
    message = _("This pass mark cannot be set. %(problems)s")


class DecidedTomorrow(Refusal):
    code = "cut-decided-tomorrow"
    message = _("A pass mark cannot have been decided on a day that is still to come.")


@transaction.atomic
def set_cut_score(
    *,
    exam: Exam,
    percent: Decimal,
    method: CutMethod | str,
    decided_on: date,
    decided_by: str,
    actor: str,
    now: datetime,
    note: str = "",
    by_regrade: bool = False,
) -> CutScore:
    """Set the pass mark of an exam; earlier decisions stay on record. Once results are out, by a regrade only."""
    held = Exam.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=exam.pk)
    if results_are_out(held) and not by_regrade:
        raise ResultsAreOut
    if decided_on > now.astimezone(BEIJING).date():
        raise DecidedTomorrow
    cut = CutScore(
        exam=held,
        no=held.cut_scores.count() + 1,
        percent=percent,
        method=CutMethod(method),
        decided_on=decided_on,
        decided_by=decided_by.strip(),
        note=note.strip(),
        actor=actor,
        at=now,
    )
    try:
        cut.full_clean()
    except ValidationError as error:
        raise CutNotRight(problems=" ".join(error.messages)) from error
    cut.save(force_insert=True)
    audit.record(
        action="exams.cut-score-set",
        actor=actor,
        subject=f"exams.exam:{held.pk}",
        organisation=held.organisation.code,
        detail={"percent": f"{cut.percent:.2f}", "method": cut.method, "decided_on": decided_on.isoformat()},
        now=now,
    )
    return cut
