"""The files of claims, and forms that take some."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from lms.credits.selectors.claims import evidence_visible_to
from lms.credits.services.claim_files import EvidenceGone, open_evidence
from lms.kernel.clock import now
from lms.records.services.papers import MAX_BYTES, MAX_DOCUMENTS

if TYPE_CHECKING:
    from lms.accounts.models import User

# All documents of a form and the rest of it.
LARGEST_REQUEST = MAX_DOCUMENTS * MAX_BYTES + 1024 * 1024


def takes_papers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the view have its form, unless the request says that it is larger than any form of the house.

    The token is looked for in the body, so it is checked inside, after the size.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > LARGEST_REQUEST:
            context = {"most": LARGEST_REQUEST // 1024**2, "documents": MAX_DOCUMENTS}
            return render(request, "credits/claims/too_large.html", context, status=413)
        return protected(request, *args, **kwargs)

    return guarded


@login_required
@require_safe
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One file to save; that it was opened by somebody else than its owner is written down."""
    found = evidence_visible_to(request.user, uid)
    if found is None:
        raise Http404
    try:
        paper = open_evidence(evidence=found, opened_by=cast("User", request.user), now=now())
    except EvidenceGone as gone:
        raise Http404 from gone
    response = HttpResponse(paper.content, content_type=paper.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=paper.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    add_never_cache_headers(response)
    return response
