from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.accounts.selectors.people import person_of
from lms.credits.enums import Book
from lms.credits.selectors.heads import head_of
from lms.credits.selectors.statement import statement


def _number(request: HttpRequest, name: str) -> int:
    """A page number of the address; whatever else stands there is the first page."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """One's own statement: hours and credits, line by line."""
    person = person_of(request.user)
    if person is None:
        raise Http404
    owner = str(person.uid)
    context = {
        "person": person,
        "statement": statement(
            person.pk, hours_page=_number(request, "hours"), credits_page=_number(request, "credits")
        ),
        "hours_head": head_of(Book.HOURS, owner),
        "credits_head": head_of(Book.CREDITS, owner),
    }
    return render(request, "credits/statement.html", context)
