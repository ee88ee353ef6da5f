"""What is printed for a room: tickets, the list to sign, a paper with its answer sheet."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.exams.selectors.papers import paper_of, printed
from lms.exams.selectors.seating import rooms_of, seats_to_print
from lms.exams.services.papers import record_print
from lms.exams.services.weighing import weigh
from lms.kernel.clock import now

from .finding import exam_or_404, signed_in

TICKETS_A_PAGE = 4


@require_safe
@login_required
def tickets(request: HttpRequest, code: str) -> HttpResponse:
    """The tickets of an exam, four on a page to be cut apart."""
    exam = exam_or_404(request, code)
    seats = list(seats_to_print(exam))
    pages = [seats[first : first + TICKETS_A_PAGE] for first in range(0, len(seats), TICKETS_A_PAGE)]
    return render(request, "exams/print/tickets.html", {"exam": exam, "pages": pages})


@require_safe
@login_required
def sign_in_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who is expected in which room, with a line to sign on."""
    exam = exam_or_404(request, code)
    return render(request, "exams/print/sign_in.html", {"exam": exam, "rooms": rooms_of(list(seats_to_print(exam)))})


@never_cache
@require_safe
@login_required
def paper(request: HttpRequest, code: str, beginning: str) -> HttpResponse:
    """A paper with its answer sheet; that somebody had it before them is put on record."""
    exam = exam_or_404(request, code)
    found = paper_of(exam, beginning)
    if found is None:
        raise Http404
    record_print(paper=found, printed_by=f"user:{signed_in(request).pk}", now=now())
    context = {
        "exam": exam,
        "paper": found,
        "parts": printed(found.items),
        "weight": weigh(found.items),
        "seat": found.seats.select_related("person").first(),
    }
    return render(request, "exams/print/paper.html", context)
