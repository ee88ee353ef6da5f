"""Planning exams: the list of a base, a new exam, its settings and blueprint, a paper for trial."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import EXAM_ROLES
from lms.exams.forms.desk import BlueprintForms, PlanForm, SettingsForm
from lms.exams.models import Exam
from lms.exams.selectors.cuts import cut_of
from lms.exams.selectors.live import attendance
from lms.exams.selectors.papers import printed
from lms.exams.selectors.planning import (
    OVER,
    ExamRow,
    Stage,
    Stock,
    exams_run_by,
    is_drawn,
    narrowed,
    stage_of,
    stock_of,
)
from lms.exams.services.planning import FIELDS, change_exam, draw_for_trial, plan_exam, set_blueprint
from lms.exams.services.weighing import supply_of, weigh
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .finding import exam_or_404, head_of, signed_in

if TYPE_CHECKING:
    from django.forms import BaseFormSet

PER_PAGE = 20
EMPTY_LINES = 3
MOST_TRIALS = 99


def _runs_exams(request: HttpRequest) -> bool:
    user = signed_in(request)
    return user.is_superuser or organisations_of(user, *EXAM_ROLES).exists()


@require_safe
@login_required
def exams(request: HttpRequest) -> HttpResponse:
    """The exams of the visitor's bases, the last to open first."""
    if not _runs_exams(request):
        raise PermissionDenied
    stage, words, moment = request.GET.get("stage", ""), request.GET.get("q", "")[:100], now()
    found = narrowed(exams_run_by(request.user), stage=stage, words=words, now=moment)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [ExamRow(exam, stage_of(exam, moment)) for exam in page],
        "fields": _fields(stage, words),
        "query": urlencode({"stage": stage, "q": words}) if stage or words else "",
    }
    return render(request, "exams/desk/exams.html", context)


def _fields(stage: str, words: str) -> list[dict[str, Any]]:
    options = [
        {"value": "", "label": pgettext("exams", "All")},
        {"value": Stage.PLANNED.value, "label": Stage.PLANNED.label},
        {"value": Stage.OPEN.value, "label": Stage.OPEN.label},
        {"value": OVER, "label": pgettext("exams", "Over")},
    ]
    return [
        {"name": "stage", "label": _("State"), "kind": "seg", "value": stage, "options": options},
        {"name": "q", "label": _("Title or code"), "kind": "search", "value": words},
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_exam(request: HttpRequest) -> HttpResponse:
    """Plan an exam; its blueprint comes on the next page."""
    if not _runs_exams(request):
        raise PermissionDenied
    form = PlanForm(request.POST or None, user=signed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            exam = plan_exam(planned_by=signed_in(request), now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The exam is planned. Say next what its papers are made of."))
            return redirect(f"{reverse('exams:desk-plan', args=[exam.code])}#blueprint")
    return render(request, "exams/desk/new.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
@login_required
def exam(request: HttpRequest, code: str) -> HttpResponse:
    """One exam at a glance: its figures, its dates, and what is next."""
    chosen = exam_or_404(request, code)
    context = {
        **head_of(chosen, "exams:desk-exam"),
        "figures": attendance(chosen),
        "cut": cut_of(chosen),
        "drawn": chosen.papers.count(),
    }
    return render(request, "exams/desk/exam.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The settings and the blueprint; once a paper is drawn both are shown and no longer changed."""
    chosen = exam_or_404(request, code)
    stock = stock_of(chosen)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _plan(request, chosen, stock)
    if act == "settings":
        return _change_settings(request, chosen, stock)
    if act == "more-lines":
        return _plan(request, chosen, stock, lines=_lines(stock, _with_more(request)))
    if act == "blueprint":
        return _change_blueprint(request, chosen, stock)
    return HttpResponseBadRequest()


def _plan(
    request: HttpRequest,
    exam: Exam,
    stock: Stock,
    *,
    form: SettingsForm | None = None,
    lines: "BaseFormSet[Any] | None" = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    given = list(exam.blueprint["lines"])
    shown = lines if lines is not None else _lines(stock, initial=given + [{}] * (0 if given else EMPTY_LINES))
    wrong = bool(refusal or (form and form.errors) or (lines is not None and lines.is_bound and _faulty(lines)))
    context = {
        **head_of(exam, "exams:desk-plan"),
        "form": form or SettingsForm(initial={name: getattr(exam, name) for name in FIELDS}),
        "lines": shown,
        "topics": stock.names,
        "supply": supply_of(exam),
        "weight": _weight(exam),
        "refusal": refusal,
        "drawn": is_drawn(exam),
    }
    return render(request, "exams/desk/plan.html", context, status=400 if wrong else 200)


def _faulty(lines: "BaseFormSet[Any]") -> bool:
    return any(lines.errors) or bool(lines.non_form_errors())


def _weight(exam: Exam) -> Any:
    """What a paper of this blueprint amounts to; nothing where none can be drawn."""
    if not exam.blueprint["lines"]:
        return None
    try:
        return weigh(draw_for_trial(exam))
    except Refusal as refusal:
        return {"refusal": refusal}


def _lines(stock: Stock, data: Any = None, *, initial: Sequence[Any] = ()) -> "BaseFormSet[Any]":
    return BlueprintForms(data, initial=list(initial), prefix="line", form_kwargs={"stock": stock})


def _with_more(request: HttpRequest) -> Any:
    data = request.POST.copy()
    total = data.get("line-TOTAL_FORMS", "0")
    data["line-TOTAL_FORMS"] = str((int(total) if total.isdecimal() else 0) + EMPTY_LINES)
    return data


def _change_settings(request: HttpRequest, exam: Exam, stock: Stock) -> HttpResponse:
    form = SettingsForm(request.POST)
    if form.is_valid():
        try:
            change_exam(exam=exam, changed_by=signed_in(request), now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("exams:desk-plan", exam.code)
    return _plan(request, exam, stock, form=form)


def _change_blueprint(request: HttpRequest, exam: Exam, stock: Stock) -> HttpResponse:
    forms = _lines(stock, request.POST)
    if not forms.is_valid():
        return _plan(request, exam, stock, lines=forms)
    kept = [form.cleaned_data for form in forms.forms if form.cleaned_data.get("kind")]
    lines = [{**line, "level": stock.level} for line in kept if not line.get("DELETE")]
    try:
        set_blueprint(exam=exam, lines=lines, changed_by=signed_in(request), now=now())
    except Refusal as refusal:
        return _plan(request, exam, stock, lines=forms, refusal=refusal)
    messages.success(request, _("The blueprint is saved; a paper could be drawn from it."))
    return redirect(f"{reverse('exams:desk-plan', args=[exam.code])}#blueprint")


@require_safe
@login_required
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """One paper as the bank stands today, without its keys; nothing of it is kept."""
    chosen = exam_or_404(request, code)
    asked = request.GET.get("no", "1")
    number = min(MOST_TRIALS, max(1, int(asked))) if asked.isascii() and asked.isdecimal() else 1
    context: dict[str, Any] = {**head_of(chosen, "exams:desk-plan"), "number": number, "next": number + 1}
    try:
        items = draw_for_trial(chosen, seed=f"trial {number}")
    except Refusal as refusal:
        context["refusal"] = refusal
    else:
        context |= {"parts": printed(items), "weight": weigh(items)}
    return render(request, "exams/desk/trial.html", context)
