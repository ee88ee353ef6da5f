"""Pictures of a bank: taken in, listed, and shown to those who keep it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.forms.banks import FigureForm
from lms.exams.selectors.pictures import figure_visible_to, figures_of
from lms.exams.services.figures import MAX_BYTES, FigureTooLarge, keep_figure, read_figure
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .doors import actor_of, bank_or_404

PER_PAGE = 24
# A picture and the rest of its form.
LARGEST_REQUEST = MAX_BYTES + 256 * 1024


@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bank_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of a bank; a post brings one more.

    The token stands in the body, so it is looked for after the size of the request.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > LARGEST_REQUEST:
        return _list(request, pk, too_large=True)
    return _checked(request, pk)


@csrf_protect
def _checked(request: HttpRequest, pk: int) -> HttpResponse:
    return _list(request, pk)


def _list(request: HttpRequest, pk: int, *, too_large: bool = False) -> HttpResponse:
    bank = bank_or_404(request, pk)
    refusal: Refusal | None = FigureTooLarge() if too_large else None
    sent = request.method == "POST" and not too_large
    form = FigureForm(request.POST, request.FILES) if sent else FigureForm()
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            keep_figure(
                bank=bank,
                name=upload.name,
                content=upload.read(MAX_BYTES + 1),
                alt=form.cleaned_data["alt"],
                alt_en=form.cleaned_data["alt_en"],
                actor=actor_of(request),
                now=now(),
            )
        except Refusal as no:
            form.add_error("file", str(no))
        else:
            messages.success(request, _("The picture is kept. Questions and cases of this bank may show it."))
            return redirect("exams:bank-figures", pk)
    page = Paginator(figures_of(bank), PER_PAGE).get_page(request.GET.get("page"))
    context = {"bank": bank, "form": form, "page": page, "refusal": refusal}
    status = refusal.status if refusal else 400 if form.errors else 200
    return render(request, "exams/bank/figures.html", context, status=status)


@login_required
@require_safe
def figure(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One picture, for those who keep its bank."""
    found = figure_visible_to(request.user, uid)
    if found is None:
        raise Http404
    response = HttpResponse(read_figure(found), content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=3600)
    return response
