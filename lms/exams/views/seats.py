from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.models import Attempt, Seat
from lms.exams.selectors.cuts import cut_of
from lms.exams.selectors.phases import results_out
from lms.exams.selectors.sittings import own_seats
from lms.exams.selectors.timing import attempts_left, offer
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
    rows = [
        {
            "seat": seat,
            "attempt": next(iter(_attempts(seat)), None),
            "offer": offer(seat, moment),
            "left": attempts_left(seat, _attempts(seat)),
            "out": results_out(seat.exam, moment),
        }
        for seat in page
    ]
    return render(request, "exams/list.html", {"page": page, "rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest, seat_id: int) -> HttpResponse:
    """The rules and the time that one would have; a post sits down."""
    if request.method != "POST":
        return _show(request, seat_id)
    try:
        attempt = attempts.sit_down(seats=Seat.objects.of_user(request.user).filter(pk=seat_id), now=now())
    except attempts.NoSuchSeat:
        raise Http404 from None
    except Refusal as refusal:
        return _show(request, seat_id, refusal)
    return redirect("exams:room", attempt.uid)


def _attempts(seat: Seat) -> list[Attempt]:
    """As `own_seats` has fetched them, the newest first."""
    return seat.newest_attempts  # type: ignore[attr-defined]  # prefetched


def _show(request: HttpRequest, seat_id: int, refusal: Refusal | None = None) -> HttpResponse:
    seat, moment = get_object_or_404(own_seats(request.user).select_related("paper"), pk=seat_id), now()
    context = {
        "seat": seat,
        "exam": seat.exam,
        "attempt": next(iter(_attempts(seat)), None),
        "left": attempts_left(seat, _attempts(seat)),
        "offer": offer(seat, moment),
        "cut": cut_of(seat.exam),
        "now": moment,
        "refusal": refusal,
    }
    return render(request, "exams/start.html", context, status=refusal.status if refusal else 200)
