"""The desk of a base for applications: what waits, one application with its papers, and the decision."""

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.enums import PENDING_STATES, ApplicationState
from courses.forms.applications import ReasonForm
from courses.models import Application
from courses.policies import (
    can_decide_application,
    can_manage_offerings,
    can_open_document,
    is_own_application,
    manages_a_base,
)
from courses.selectors.applications import (
    application_visible_to,
    applications_to_decide,
    certificates_known,
    courses_completed,
    document_visible_to,
)
from courses.selectors.levels import LEVEL_LABELS
from courses.selectors.offerings import places_left
from courses.selectors.prerequisites import prerequisites_of
from courses.services.reviewing import (
    approve_application,
    open_document,
    refuse_application,
    return_application,
)
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .deciding import Act, decide

if TYPE_CHECKING:
    from lms.accounts.models import User

PER_PAGE = 30


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


@login_required
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Applications to the bases of the reader, those that wait first."""
    if not manages_a_base(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in ApplicationState.values else ""
    page = Paginator(applications_to_decide(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    options = [{"value": "", "label": _("every state")}]
    options += [{"value": each.value, "label": str(each.label)} for each in ApplicationState]
    fields = [{"name": "state", "label": _("State"), "kind": "select", "value": state, "options": options}]
    query = urlencode({"state": state}) if state else ""
    return render(request, "courses/base_applications.html", {"page": page, "fields": fields, "query": query})


def _approve(request: HttpRequest, application: Application, reason: str) -> str:
    approve_application(application=application, decided_by=_user(request), now=now())
    return _("Approved. The applicant has a place and has been told.")


def _return(request: HttpRequest, application: Application, reason: str) -> str:
    return_application(application=application, decided_by=_user(request), reason=reason, now=now())
    return _("Sent back with your reason.")


def _refuse(request: HttpRequest, application: Application, reason: str) -> str:
    refuse_application(application=application, decided_by=_user(request), reason=reason, now=now())
    return _("Refused with your reason.")


ACTIONS: dict[str, Act] = {
    "approve": _approve,
    "return": _return,
    "refuse": _refuse,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One application: what is said, what the platform knows, the papers, and the decision."""
    found = application_visible_to(request.user, uid)
    if found is None:
        raise Http404
    if not can_manage_offerings(request.user, found.organisation_id):
        raise PermissionDenied
    return decide(
        request,
        found,
        acts=ACTIONS,
        without_reason=_approve,
        form_class=ReasonForm,
        detail=_detail,
        back="courses:base-application",
    )


def _detail(
    request: HttpRequest, found: Application, form: Form, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    waits = found.state in PENDING_STATES
    context: dict[str, Any] = {
        "application": found,
        "may_decide": waits and can_decide_application(request.user, found),
        "is_own": is_own_application(request.user, found),
        "left": places_left(found.offering),
        "prerequisites": prerequisites_of(found.offering.course, found.person_id),
        "certificates": [(LEVEL_LABELS[each.level], each) for each in certificates_known(found.person_id)],
        "completed": courses_completed(found.person_id),
        "reason_form": form,
        "refusal": refusal,
    }
    return render(request, "courses/base_application.html", context, status=status)


@login_required
@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One document as a file to save; that it was opened by somebody else than its owner is written down."""
    found = document_visible_to(request.user, uid)
    if found is None or not can_open_document(request.user, found.application):
        raise Http404
    paper = open_document(document=found, opened_by=_user(request), now=now())
    response = HttpResponse(paper.content, content_type=paper.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=paper.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    add_never_cache_headers(response)
    return response
