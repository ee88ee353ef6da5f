"""One's own papers: asking for one, those made, and the file."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.accounts.selectors.people import person_of
from lms.credits.enums import PaperKind
from lms.credits.selectors.papers import paper_visible_to, papers_of, years_of
from lms.credits.services.papers import MAKE, Order, ask_for_paper, order_for, pdf_of
from lms.jobs.enums import OPEN_STATES, JobState
from lms.jobs.selectors.job import jobs_of
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import Person

PER_PAGE = 20
# A page that waits for a paper looks again after so many seconds.
AGAIN = "5"
ASKED_HERE = (PaperKind.STATEMENT, PaperKind.DOSSIER)


def _person(request: HttpRequest) -> "Person":
    person = person_of(request.user)
    if person is None:
        raise Http404
    return person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Papers that were made, those under way, and asking for another."""
    person = _person(request)
    if request.method == "POST":
        return _ask(request, person)
    newest = jobs_of(request.user).filter(task=MAKE).first()
    waiting = bool(newest and newest.state in OPEN_STATES)
    context = {
        "page": Paginator(papers_of(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "years": years_of(person.pk),
        "waiting": waiting,
        "failed": bool(newest and newest.state == JobState.FAILED),
    }
    response = render(request, "credits/papers/mine.html", context)
    if waiting:
        response["Refresh"] = AGAIN
    return response


def _ask(request: HttpRequest, person: "Person") -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in ASKED_HERE:
        raise Http404
    year = request.POST.get("year", "")
    order = order_for(
        person=person,
        kind=PaperKind(kind),
        language=get_language() or "zh-hans",
        now=now(),
        year=int(year)
        if kind == PaperKind.STATEMENT and year.isascii() and year.isdigit() and len(year) == 4
        else None,
    )
    return ask(request, order)


def ask(request: HttpRequest, order: Order) -> HttpResponse:
    """Ask for a paper, and go to the list on which it appears."""
    try:
        made = ask_for_paper(order=order, owner=f"user:{request.user.pk}", now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if made:
            messages.success(request, _("This very paper was printed before; it is in the list below."))
        else:
            messages.success(request, _("The paper is being printed. It appears below in a moment."))
    return redirect("credits:papers")


@login_required
@require_safe
def pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file of one of one's own papers."""
    paper = paper_visible_to(request.user, uid)
    if paper is None:
        raise Http404
    response = HttpResponse(pdf_of(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{paper.kind}-{paper.uid.hex[:8]}.pdf"'
    add_never_cache_headers(response)
    return response
