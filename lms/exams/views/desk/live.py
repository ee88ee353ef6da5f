"""The board of an exam that runs."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.exams.selectors.live import attendance, live_rows, live_seats
from lms.kernel.clock import now

from .finding import exam_or_404, head_of

PER_PAGE = 100


@never_cache
@require_safe
@login_required
def live(request: HttpRequest, code: str) -> HttpResponse:
    """Who has begun, how far each is, when the last answer was saved; the page asks again by itself."""
    exam, moment = exam_or_404(request, code), now()
    page = Paginator(live_seats(exam), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **head_of(exam, "exams:desk-live"),
        "page": page,
        "rows": live_rows(list(page), moment),
        "figures": attendance(exam),
        "now": moment,
        "runs": exam.opens_at <= moment < exam.closes_at or exam.under_way,  # type: ignore[attr-defined]
    }
    return render(request, "exams/desk/live.html", context)
