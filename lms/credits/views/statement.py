from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from lms.accounts.selectors.people import person_of
from lms.credits.enums import Book
from lms.credits.selectors.heads import head_of
from lms.credits.selectors.statement import statement
from lms.records.selectors.seals import newest_leaf
from lms.records.services.sealing import as_document, inclusion_proof


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
        "chains": [(book, head_of(book, owner), newest_leaf(book, owner)) for book in Book],
    }
    return render(request, "credits/statement.html", context)


@require_safe
@login_required
def proof(request: HttpRequest) -> HttpResponse:
    """That one's newest sealed line was in the book when it was sealed, as JSON that anybody can check."""
    person = person_of(request.user)
    book = request.GET.get("book", Book.CREDITS)
    if person is None or book not in Book:
        raise Http404
    found = inclusion_proof(book=book, owner=str(person.uid))
    if found is None:
        raise Http404
    response = JsonResponse(as_document(found), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = f'attachment; filename="proof-{book}-{found.seq}.json"'
    add_never_cache_headers(response)
    return response
