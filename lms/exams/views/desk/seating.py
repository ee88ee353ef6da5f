"""Seats: who has one, admitting one person or a whole cohort, room and desk, extra time, withdrawal."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.cohorts.selectors.people import people_visible_to
from lms.exams.forms.desk import AdmitForm, ReasonForm, SeatForm
from lms.exams.models import Exam, Seat
from lms.exams.selectors.seating import cohorts_to_seat, seating_plan, seats_of
from lms.exams.services.seating import SEAT_COHORT, ask_to_seat
from lms.exams.services.seats import assign_seat, change_seat, withdraw_seat
from lms.jobs.enums import OPEN_STATES
from lms.jobs.selectors.job import jobs_of
from lms.jobs.services.queue import cancel
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .finding import exam_or_404, head_of, signed_in

if TYPE_CHECKING:
    from lms.cohorts.models import Cohort
    from lms.jobs.models import Job

PER_PAGE = 50
MOST_COHORTS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """The seats of an exam; a post admits one person."""
    exam = exam_or_404(request, code)
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _admit(request, exam, form):
        return redirect("exams:desk-seats", exam.code)
    words = request.GET.get("q", "")[:100]
    page = Paginator(seats_of(exam, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **head_of(exam, "exams:desk-seats"),
        "page": page,
        "fields": [{"name": "q", "label": _("Name, ticket or room"), "kind": "search", "value": words}],
        "query": urlencode({"q": words}) if words else "",
        "form": form,
        "cohorts": cohorts_to_seat(exam, signed_in(request))[:MOST_COHORTS],
    }
    return render(request, "exams/desk/seats.html", context, status=400 if form.errors else 200)


def _admit(request: HttpRequest, exam: Exam, form: AdmitForm) -> bool:
    """Give one person a seat; whoever is no member of a cohort of the base is not known here."""
    given = dict(form.cleaned_data)
    person = people_visible_to(request.user).filter(user__email__iexact=given.pop("mail")).first()
    if person is None:
        form.add_error("mail", _("Nobody in the cohorts of your base has this mail address."))
        return False
    actor = f"user:{signed_in(request).pk}"
    try:
        assign_seat(exam=exam, person=person, organisation=exam.organisation, now=now(), actor=actor, **given)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("%(name)s has a seat.") % {"name": person.real_name})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cohort(request: HttpRequest, code: str, cohort_id: int) -> HttpResponse:
    """Whom of a cohort the exam takes in, before anything is written; a post has them seated by one job."""
    exam = exam_or_404(request, code)
    chosen = get_object_or_404(cohorts_to_seat(exam, signed_in(request)), pk=cohort_id)
    if request.method == "POST":
        try:
            job = ask_to_seat(exam=exam, cohort=chosen, asked_by=signed_in(request), now=now())
        except Refusal as refusal:
            return _preview(request, exam, chosen, refusal)
        return redirect("exams:desk-seating", exam.code, job.pk)
    return _preview(request, exam, chosen)


def _preview(request: HttpRequest, exam: Exam, chosen: "Cohort", refusal: Refusal | None = None) -> HttpResponse:
    plan = seating_plan(exam, chosen)
    context = {
        **head_of(exam, "exams:desk-seats"),
        "cohort": chosen,
        "plan": plan,
        "page": Paginator(plan.candidates, PER_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
    }
    return render(request, "exams/desk/cohort.html", context, status=refusal.status if refusal else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seating(request: HttpRequest, code: str, job_id: int) -> HttpResponse:
    """How far the seating of a cohort is; a post stops it, and what is seated stays seated."""
    exam = exam_or_404(request, code)
    job = _job(request, exam, job_id)
    if request.method == "POST":
        try:
            cancel(job_id=job.pk, now=now())
        except Refusal as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Stopped. Whoever has a seat by now keeps it."))
        return redirect("exams:desk-seating", exam.code, job.pk)
    context: dict[str, Any] = {
        **head_of(exam, "exams:desk-seats"),
        "job": job,
        "running": job.state in OPEN_STATES,
        "cohort": cohorts_to_seat(exam, signed_in(request)).filter(code=job.payload["cohort"]).first(),
    }
    return render(request, "exams/desk/seating.html", context)


def _job(request: HttpRequest, exam: Exam, job_id: int) -> "Job":
    job = jobs_of(request.user).filter(pk=job_id, task=SEAT_COHORT).first()
    if job is None or job.payload["exam_id"] != exam.pk:
        raise Http404
    return job


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    """One seat: where, with how much time, and taking it back before its person sits down."""
    exam = exam_or_404(request, code)
    chosen = get_object_or_404(seats_of(exam), pk=seat_id)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _seat(request, exam, chosen)
    if act == "change":
        return _change(request, exam, chosen)
    if act == "withdraw":
        return _withdraw(request, exam, chosen)
    return HttpResponseBadRequest()


def _seat(request: HttpRequest, exam: Exam, seat: Seat, **forms: Any) -> HttpResponse:
    first = {name: getattr(seat, name) for name in SeatForm.base_fields}
    context = {
        **head_of(exam, "exams:desk-seats"),
        "seat": seat,
        "form": forms.get("form") or SeatForm(initial=first),
        "withdrawing": forms.get("withdrawing") or ReasonForm(),
    }
    return render(request, "exams/desk/seat.html", context, status=400 if forms else 200)


def _change(request: HttpRequest, exam: Exam, seat: Seat) -> HttpResponse:
    form = SeatForm(request.POST)
    if form.is_valid():
        try:
            change_seat(seat=seat, actor=f"user:{signed_in(request).pk}", now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("exams:desk-seat", exam.code, seat.pk)
    return _seat(request, exam, seat, form=form)


def _withdraw(request: HttpRequest, exam: Exam, seat: Seat) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            withdraw_seat(
                seat=seat, reason=form.cleaned_data["reason"], actor=f"user:{signed_in(request).pk}", now=now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seat is withdrawn. It can be given back by admitting the person again."))
            return redirect("exams:desk-seats", exam.code)
    return _seat(request, exam, seat, withdrawing=form)
