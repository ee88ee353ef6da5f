"""What an exam's results say about the exam and its questions, for those who run it and those who write them."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.exams.selectors.cuts import cut_of
from lms.exams.selectors.plots import discriminations, facilities, options_of, results_by_tens
from lms.exams.selectors.statistics import (
    StatisticsView,
    exam_with_statistics,
    item_page,
    item_row,
    items_on,
    statistics_of,
)
from lms.exams.services import statistics
from lms.kernel.clock import now

if TYPE_CHECKING:
    from lms.accounts.models import User

FLAGGED = "flagged"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def of_exam(request: HttpRequest, code: str) -> HttpResponse:
    """The statistics of an exam; a post has them computed again."""
    user = cast("User", request.user)
    exam = exam_with_statistics(user, code)
    if exam is None:
        raise Http404
    if request.method == "POST":
        statistics.ask(exam=exam, now=now(), owner=f"user:{user.pk}")
        messages.success(request, _("The statistics are being computed. Open this page again in a minute."))
        return redirect("exams:desk-statistics", exam.code)
    view = statistics_of(exam)
    told = _told(request, view) if view else {}
    return render(request, "exams/statistics.html", {"exam": exam, "view": view, **told})


def _told(request: HttpRequest, view: StatisticsView) -> dict[str, object]:
    """The charts, and one page of questions with their options."""
    flagged = FLAGGED in request.GET
    page = item_page(view, flagged=flagged, asked=request.GET.get("page"))
    items = items_on(page)
    right = statistics.right_options(item.version_id for item in items)
    rows = [item_row(item, right) for item in items]
    return {
        "results": results_by_tens(view, cut_of(view.exam).percent),
        "facilities": facilities(view),
        "discriminations": discriminations(view),
        "page": page,
        "rows": [(row, options_of(row) if row.options else None) for row in rows],
        "only_flagged": flagged,
        "query": f"{FLAGGED}=1" if flagged else "",
    }
