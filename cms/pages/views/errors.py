"""Error pages: what happened, what to do, and for a fault a number to quote."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    return render(request, "pages/error.html", {"status": status, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, stale_form=True)


def fault(request: HttpRequest) -> HttpResponse:
    """Rendered without the request, so that no context processor asks a database that may be the fault."""
    number = f"{secrets.randbelow(10_000):04d}-{secrets.randbelow(10_000):04d}"
    logger.error("Fault %s at %s", number, request.path)
    return HttpResponseServerError(render_to_string("pages/error.html", {"status": 500, "number": number}))
