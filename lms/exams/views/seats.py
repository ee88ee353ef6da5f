from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.selectors.sittings import own_seats
from lms.exams.selectors.timing import offer
from lms.exams.services import attempts
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

PER_PAGE = 20


@require_safe
@login_required
def list_own(request: HttpRequest) -> HttpResponse:
    """One's own seats, with what can be done about each."""
    page = Paginator(own_seats(request.user), PER_PAGE).get_page(request.GET.get("page"))
    moment = now()
    rows = [(seat, offer(seat, moment)) for seat in page]
    return render(request, "exams/list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest, seat_id: int) -> HttpResponse:
    """The rules and the time that one would have; a post sits down."""
    seat = get_object_or_404(own_seats(request.user), pk=seat_id)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            attempt = attempts.start(seat=seat, now=now())
        except Refusal as no:
            refusal = no
        else:
            return redirect("exams:room", attempt.uid)
    context = {"seat": seat, "exam": seat.exam, "offer": offer(seat, now()), "refusal": refusal}
    return render(request, "exams/start.html", context, status=refusal.status if refusal else 200)
