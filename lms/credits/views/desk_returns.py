"""Annual returns as an organisation was handed them."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.credits.documents.return_sheet import MEDIA_TYPE, return_workbook
from lms.credits.enums import ReturnState
from lms.credits.policies import reads_claims
from lms.credits.selectors.returns import return_visible_to, returns_handed_in, years_handed_in

PER_PAGE = 20
# A sheet holds no more rows than somebody adds up at once; a year of a large association fits.
MOST_ROWS = 5000


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What was handed in, the newest year first."""
    if not reads_claims(request.user):
        raise PermissionDenied
    year = _year(request)
    options = [{"value": "", "label": _("every year")}]
    options += [{"value": str(each), "label": str(each)} for each in years_handed_in(request.user)]
    context = {
        "page": Paginator(returns_handed_in(request.user, year), PER_PAGE).get_page(request.GET.get("page")),
        "fields": [
            {"name": "year", "label": _("Year"), "kind": "select", "value": str(year or ""), "options": options}
        ],
        "query": urlencode({"year": year}) if year else "",
    }
    return render(request, "credits/returns/desk.html", context)


@login_required
@require_safe
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One return that was handed in."""
    found = return_visible_to(request.user, uid) if reads_claims(request.user) else None
    if found is None or found.state != ReturnState.SUBMITTED:
        raise Http404
    return render(request, "credits/returns/one.html", {"annual": found, "data": found.data, "own": False})


@login_required
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """All of them, or those of a year, for a spreadsheet."""
    if not reads_claims(request.user):
        raise PermissionDenied
    year = _year(request)
    response = HttpResponse(
        return_workbook(list(returns_handed_in(request.user, year)[:MOST_ROWS])), content_type=MEDIA_TYPE
    )
    name = f"returns-{year or 'all'}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
