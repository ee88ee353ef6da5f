"""Applying for a place, and following one's own applications."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.enums import ApplicationState
from courses.forms.applications import ApplicationForm
from courses.models import Application
from courses.policies import is_own_application
from courses.selectors.applications import application_visible_to, applications_of, pending_application
from courses.selectors.catalogue import entry_of
from courses.selectors.prerequisites import prerequisites_of
from courses.selectors.progress import live_enrolment
from courses.services.applying import (
    apply,
    hand_in_again,
    remove_document,
    require_reason_to_apply,
    withdraw_application,
)
from courses.services.drafts import drafts_of, drop_draft, keep_draft
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .enrolling import offered_place, open_course, require_announced
from .uploads import takes_papers

if TYPE_CHECKING:
    from courses.models import Offering
    from lms.accounts.models import Person

PER_PAGE = 20


@takes_papers
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply_for_place(request: HttpRequest, code: str, offering: UUID) -> HttpResponse:
    """The application with its documents. Whatever was good in a form that was not is still there afterwards."""
    course, person = open_course(request, code)
    enrolment = live_enrolment(request.user, course)
    if enrolment is not None:
        return redirect("courses:continue", enrolment=enrolment.uid)
    require_announced(course)
    place = offered_place(course, offering)
    pending = pending_application(person, place.offering)
    if pending is not None:
        return redirect("courses:my-application", uid=pending.uid)
    context = {
        "entry": entry_of(course.page),
        "course": course,
        "place": place,
        "prerequisites": prerequisites_of(course, person.pk),
    }
    try:
        require_reason_to_apply(person=person, offering=place.offering, now=now())
    except Refusal as refusal:
        return render(request, "courses/apply.html", {**context, "refusal": refusal}, status=refusal.status)
    if request.method != "POST":
        form = ApplicationForm(offering=place.offering)
        return _form(request, form, person, place.offering, "courses/apply.html", context)
    return _hand_in(request, person, place.offering, None, "courses/apply.html", context)


def _form(
    request: HttpRequest,
    form: ApplicationForm,
    person: "Person",
    offering: "Offering",
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    drafts = [(kind, file) for kind, files in drafts_of(person, offering).items() for file in files]
    return render(request, template, {**context, "form": form, "drafts": drafts}, status=status)


def _hand_in(
    request: HttpRequest,
    person: "Person",
    offering: "Offering",
    returned: Application | None,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Send the form, or drop one of the documents that are kept for it; what is typed and chosen stays."""
    if "drop" in request.POST:
        drop_draft(person=person, offering=offering, number=request.POST["drop"])
    kept = sum(len(files) for files in drafts_of(person, offering).values())
    if returned is not None:
        kept += sum(document.file is not None for document in returned.documents.all())
    form = ApplicationForm(request.POST, request.FILES, offering=offering, kept=kept)
    status = 400
    if form.is_valid() and "drop" not in request.POST:
        try:
            application = _send(request, person, offering, returned, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Your application is with the training base. You are told what it decides."))
            return redirect("courses:my-application", uid=application.uid)
    for kind, paper in form.papers:
        keep_draft(person=person, offering=offering, kind=kind, paper=paper, now=now())
    if "drop" in request.POST:
        form, status = ApplicationForm(initial=request.POST.dict(), offering=offering), 200
    return _form(request, form, person, offering, template, context, status=status)


def _send(
    request: HttpRequest, person: "Person", offering: "Offering", returned: Application | None, form: ApplicationForm
) -> Application:
    actor, at = f"user:{request.user.pk}", now()
    if returned is not None:
        return hand_in_again(application=returned, statement=form.statement, papers=form.papers, actor=actor, now=at)
    return apply(person=person, offering=offering, statement=form.statement, papers=form.papers, actor=actor, now=at)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own applications and where each stands."""
    page = Paginator(applications_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/my_applications.html", {"page": page})


@takes_papers
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own application: what stands and why, and what can be done about it."""
    application = application_visible_to(request.user, uid)
    if application is None or not is_own_application(request.user, application):
        raise Http404
    person, offering = application.person, application.offering
    context: dict[str, Any] = {"application": application}
    if request.method == "POST" and "remove" in request.POST:
        return _act(request, application, lambda: _remove(application, request.POST["remove"]))
    if request.method == "POST" and "withdraw" in request.POST:
        actor = f"user:{request.user.pk}"
        return _act(request, application, lambda: withdraw_application(application=application, actor=actor, now=now()))
    if application.state != ApplicationState.RETURNED:
        if request.method == "POST" and "send" not in request.POST:
            return HttpResponseBadRequest()
        return render(request, "courses/my_application.html", context)
    if request.method != "POST":
        form = ApplicationForm(initial=application.statement, offering=offering)
        return _form(request, form, person, offering, "courses/my_application.html", context)
    return _hand_in(request, person, offering, application, "courses/my_application.html", context)


def _remove(application: Application, number: str) -> None:
    document = next((each for each in application.documents.all() if str(each.uid) == number), None)
    if document is None:
        raise Http404
    remove_document(application=application, document=document)


def _act(request: HttpRequest, application: Application, act: Any) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:my-application", uid=application.uid)
