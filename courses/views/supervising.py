"""Field practice before those who sign it off: what waits, one record with its evidence, and the decision."""

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

from courses.enums import PracticeKind, PracticeState
from courses.forms.practice import JudgementForm
from courses.models import PracticeRecord
from courses.policies import can_judge_practice, can_open_evidence, can_supervise_at, can_teach
from courses.selectors.practice import evidence_visible_to, practice_to_judge, practice_visible_to, said_in
from courses.services.supervising import confirm_practice, open_evidence, refuse_practice, return_practice
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .deciding import Act, decide

if TYPE_CHECKING:
    from lms.accounts.models import User

PER_PAGE = 30
SHOWN_STATES = [state for state in PracticeState if state != PracticeState.DRAFT]


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Records handed in at the bases of the reader, those that wait first."""
    if not can_teach(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in SHOWN_STATES else ""
    kind = request.GET.get("kind", "")
    kind = kind if kind in PracticeKind.values else ""
    page = Paginator(practice_to_judge(request.user, state, kind), PER_PAGE).get_page(request.GET.get("page"))
    fields = [
        _select("state", _("State"), state, _("every state"), SHOWN_STATES),
        _select("kind", _("Kind of practice"), kind, _("every kind"), list(PracticeKind)),
    ]
    query = urlencode({name: value for name, value in (("state", state), ("kind", kind)) if value})
    return render(request, "courses/base_practice.html", {"page": page, "fields": fields, "query": query})


def _select(name: str, label: str, value: str, every: str, choices: list[Any]) -> dict[str, Any]:
    options = [{"value": "", "label": every}]
    options += [{"value": each.value, "label": str(each.label)} for each in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}


def _confirm(request: HttpRequest, record: PracticeRecord, reason: str) -> str:
    confirm_practice(record=record, judged_by=_user(request), now=now())
    return _("Confirmed. The record counts from now on and cannot be changed.")


def _return(request: HttpRequest, record: PracticeRecord, reason: str) -> str:
    return_practice(record=record, judged_by=_user(request), reason=reason, now=now())
    return _("Sent back with your reason.")


def _refuse(request: HttpRequest, record: PracticeRecord, reason: str) -> str:
    refuse_practice(record=record, judged_by=_user(request), reason=reason, now=now())
    return _("Refused with your reason.")


ACTIONS: dict[str, Act] = {
    "confirm": _confirm,
    "return": _return,
    "refuse": _refuse,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One record: what it says, what proves it, and the decision."""
    found = practice_visible_to(request.user, uid)
    if found is None:
        raise Http404
    if not can_supervise_at(request.user, found.organisation_id):
        raise PermissionDenied
    return decide(
        request,
        found,
        acts=ACTIONS,
        without_reason=_confirm,
        form_class=JudgementForm,
        detail=_detail,
        back="courses:base-practice-record",
    )


def _detail(
    request: HttpRequest,
    found: PracticeRecord,
    form: Form,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "record": found,
        "said": said_in(found),
        "may_judge": found.state == PracticeState.SUBMITTED and can_judge_practice(request.user, found),
        "is_own": found.person.user_id == request.user.pk,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "courses/base_practice_record.html", context, status=status)


@login_required
@require_safe
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One file to save; that it was opened by somebody else than its owner is written down."""
    found = evidence_visible_to(request.user, uid)
    if found is None or not can_open_evidence(request.user, found.record):
        raise Http404
    paper = open_evidence(evidence=found, opened_by=_user(request), now=now())
    response = HttpResponse(paper.content, content_type=paper.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=paper.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    add_never_cache_headers(response)
    return response
