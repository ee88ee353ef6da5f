"""Forms that take documents: a request larger than any of them is answered before a byte of it is read."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lms.records.services.papers import MAX_BYTES, MAX_DOCUMENTS

# All documents of a form and the rest of it.
LARGEST_REQUEST = MAX_DOCUMENTS * MAX_BYTES + 1024 * 1024


def takes_papers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the view have its form, unless the request says that it is too large.

    The token is looked for in the body, so it is checked inside, after the size.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if _length(request) > LARGEST_REQUEST:
            return render(request, "courses/too_large.html", {"most": LARGEST_REQUEST // 1024**2}, status=413)
        return protected(request, *args, **kwargs)

    return guarded


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0
