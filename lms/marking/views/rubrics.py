"""Rubrics to read."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.marking.policies import can_enter
from lms.marking.selectors.rubrics import rubric_with_versions, rubrics_for
from lms.marking.selectors.scripts import criteria_views

PER_PAGE = 30


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every rubric of the reader's organisations."""
    if not can_enter(request.user):
        raise PermissionDenied
    page = Paginator(rubrics_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "marking/rubrics.html", {"page": page})


@login_required
@require_safe
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A rubric with every wording it has had, and how many scripts were marked by each."""
    found = rubric_with_versions(request.user, uid).first()
    if found is None:
        raise Http404
    wordings = [(version, criteria_views(version.criteria, {})) for version in found.wordings]
    return render(request, "marking/rubric.html", {"rubric": found, "wordings": wordings})
