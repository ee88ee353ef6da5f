"""Pages for programs: keys, status lists, the registry, the heads of the ledgers."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from certificates.enums import StatusPurpose
from certificates.selectors.addresses import status_path
from certificates.selectors.publications import newest
from certificates.services.publishing import NoSuchIssuer, issuer_document, registry_text
from lms.credits.selectors.heads import published_heads
from lms.kernel.clock import now

CREDENTIAL_TYPE = "application/vc+ld+json"
# A revocation is seen by everybody within five minutes.
FRESH = "public, max-age=300"


def _open(response: HttpResponse) -> HttpResponse:
    """Read by anybody's page or program."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FRESH
    return response


@require_safe
def did(request: HttpRequest, code: str) -> HttpResponse:
    """The did document of an issuer."""
    try:
        document = issuer_document(code)
    except NoSuchIssuer as error:
        raise Http404 from error
    return _open(JsonResponse(document, content_type="application/did+json"))


@require_safe
def status(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A signed status list."""
    if purpose not in StatusPurpose.values:
        raise Http404
    published = newest(status_path(StatusPurpose(purpose), number))
    if published is None:
        raise Http404
    return _open(HttpResponse(published.text, content_type=CREDENTIAL_TYPE))


@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """The signed list of issuers and their keys."""
    return _open(HttpResponse(registry_text(now=now()), content_type="application/json"))


@require_safe
def ledger_heads(request: HttpRequest) -> HttpResponse:
    """Where each book stands, and its newest seal: kept, it tells later whether anything before was changed."""
    return _open(JsonResponse({"schema": 2, "at": now().isoformat(), "books": published_heads()}))
