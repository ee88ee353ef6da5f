from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from certificates.selectors.certificates import certificate_visible_to, certificates_of, status_of
from certificates.services.rendering import document_of, pdf_of
from lms.kernel.clock import now

from .presenting import LOOKS

PER_PAGE = 20


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own certificates, and what each is worth today."""
    moment = now()
    page = Paginator(certificates_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(certificate, status_of(certificate, moment)) for certificate in page.object_list]
    shown = [(certificate, result, *LOOKS[result]) for certificate, result in rows]
    return render(request, "certificates/mine.html", {"page": page, "rows": shown})


@login_required
@require_GET
def pdf(request: HttpRequest, serial: str) -> HttpResponse:
    """A certificate's PDF, for its holder and for those who issued it."""
    certificate = certificate_visible_to(request.user, serial)
    if certificate is None:
        raise Http404
    document = document_of(certificate)
    if document is None:
        response = render(request, "certificates/being_printed.html", {"certificate": certificate}, status=202)
        response["Refresh"] = "5"
        return response
    response = HttpResponse(pdf_of(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{certificate.serial}.pdf"'
    add_never_cache_headers(response)
    return response
