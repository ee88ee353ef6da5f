"""Results for those who run an exam: the table, the file, void attempts, the pass mark."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.forms.desk import CutForm, ReasonForm
from lms.exams.models import Exam
from lms.exams.selectors.cuts import cut_of, decisions_of, results_are_out
from lms.exams.selectors.live import attendance
from lms.exams.selectors.marksheet import Show, Sort, marksheet
from lms.exams.services.cuts import set_cut_score
from lms.exams.services.marksheets import FORMATS, marksheet_file
from lms.exams.services.voiding import void_attempt
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .finding import exam_or_404, head_of, signed_in

PER_PAGE = 50


def _asked(request: HttpRequest) -> dict[str, str]:
    return {
        "show": request.GET.get("show", ""),
        "sort": request.GET.get("sort", Sort.NAME.value),
        "words": request.GET.get("q", "")[:100],
    }


@require_safe
@login_required
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Every attempt with the result that stands."""
    exam, asked = exam_or_404(request, code), _asked(request)
    page = Paginator(marksheet(exam, **asked), PER_PAGE).get_page(request.GET.get("page"))
    narrowed = asked["show"] or asked["words"] or asked["sort"] != Sort.NAME.value
    context = {
        **head_of(exam, "exams:desk-results"),
        "page": page,
        "fields": _fields(**asked),
        "query": urlencode({"show": asked["show"], "sort": asked["sort"], "q": asked["words"]}) if narrowed else "",
        "figures": attendance(exam),
        "cut": cut_of(exam),
    }
    return render(request, "exams/desk/results.html", context)


def _fields(show: str, sort: str, words: str) -> list[dict[str, Any]]:
    shown = [{"value": value, "label": label} for value, label in Show.choices]
    sorts = [{"value": value, "label": label} for value, label in Sort.choices]
    return [
        {"name": "show", "label": _("Which attempts"), "kind": "select", "value": show, "options": shown},
        {"name": "sort", "label": _("Order"), "kind": "select", "value": sort, "options": sorts},
        {"name": "q", "label": _("Name or ticket"), "kind": "search", "value": words},
    ]


@require_safe
@login_required
def results_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The same table as a workbook or as text; no cell of it can be read as a formula."""
    exam = exam_or_404(request, code)
    if kind not in FORMATS:
        raise Http404
    content = marksheet_file(attempts=marksheet(exam, **_asked(request)), kind=kind)
    response = HttpResponse(content, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="results-{exam.code}.{kind}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def void(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Declare an attempt void, with a reason."""
    exam = exam_or_404(request, code)
    attempt = get_object_or_404(marksheet(exam), uid=uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void_attempt(attempt=attempt, reason=form.cleaned_data["reason"], voided_by=signed_in(request), now=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The attempt is void. Its person may sit again while the room is open."))
            return redirect("exams:desk-results", exam.code)
    context = {**head_of(exam, "exams:desk-results"), "attempt": attempt, "form": form}
    return render(request, "exams/desk/void.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cut(request: HttpRequest, code: str) -> HttpResponse:
    """The pass mark with its decisions; before any result it is set here, afterwards by a regrade."""
    exam = exam_or_404(request, code)
    form = CutForm(request.POST or None, initial=_first(exam))
    if request.method == "POST" and form.is_valid():
        try:
            set_cut_score(exam=exam, actor=f"user:{signed_in(request).pk}", now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The pass mark is set. Earlier decisions stay on record."))
            return redirect("exams:desk-cut", exam.code)
    context = {
        **head_of(exam, "exams:desk-cut"),
        "cut": cut_of(exam),
        "decisions": decisions_of(exam),
        "out": results_are_out(exam),
        "form": form,
    }
    return render(request, "exams/desk/cut.html", context, status=400 if form.errors else 200)


def _first(exam: Exam) -> dict[str, Any]:
    holds = cut_of(exam)
    return {"percent": holds.percent, "method": holds.method, "decided_on": now().astimezone(BEIJING).date()}
