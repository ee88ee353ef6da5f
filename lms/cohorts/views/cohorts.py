from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.cohorts.policies import can_import_roster, can_read_cohort
from lms.cohorts.selectors.cohorts import member_rows, members_of, places_of

from .finding import cohorts_named

PAGE = 50


@login_required
@require_GET
def cohort(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a cohort, and what each of them still misses."""
    found = cohorts_named(request, code)
    if not found:
        raise Http404
    if len(found) > 1:
        return render(request, "cohorts/choose.html", {"cohorts": found, "code": code})
    chosen = found[0]
    if not can_read_cohort(request.user, chosen):
        raise PermissionDenied
    page = Paginator(members_of(chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": chosen,
        "page": page,
        "rows": member_rows(chosen, list(page.object_list)),
        "places": places_of(chosen),
        "may_import": can_import_roster(request.user, chosen),
    }
    return render(request, "cohorts/cohort.html", context)
