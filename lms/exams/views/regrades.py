"""Corrections of an exam at the desk: propose, look at the dry run, approve or turn down."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.enums import WRITTEN_KINDS, ExclusionRule, RegradeKind, RegradeState
from lms.exams.forms.regrades import CutForm, ExclusionForm, KeyForm
from lms.exams.models import Exam, QuestionVersion, Regrade
from lms.exams.selectors.cuts import cut_of, results_are_out
from lms.exams.selectors.questions import names_of
from lms.exams.selectors.regrades import (
    SHOWN,
    changes_of,
    lines_of,
    open_regrade,
    other_exams_with,
    questions_of,
    regrade_of,
    regrades_of,
)
from lms.exams.selectors.saying import accepted_words, question_of, stem
from lms.exams.services import proposing, regrading
from lms.exams.services.keys import KeyText, key_in_force
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .desk.finding import exam_or_404, head_of, signed_in

PER_PAGE = 50
HERE = "exams:desk-regrades"


@never_cache
@require_safe
@login_required
def regrades(request: HttpRequest, code: str) -> HttpResponse:
    """Every correction of an exam, the newest first."""
    exam = exam_or_404(request, code)
    page = Paginator(regrades_of(exam), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **head_of(exam, HERE),
        "page": page,
        "may_propose": open_regrade(exam) is None and results_are_out(exam),
        "marked": results_are_out(exam),
    }
    return render(request, "exams/regrades.html", context)


def _version(exam: Exam, text: str) -> QuestionVersion | None:
    if not text.isascii() or not text.isdigit():
        return None
    return questions_of(exam).filter(pk=int(text[:18])).first()


def _form(request: HttpRequest, kind: str, version: QuestionVersion | None, exam: Exam) -> Form | None:
    """The form of a kind of correction; none while the question is still to be chosen."""
    data = request.POST if request.method == "POST" else None
    if kind == RegradeKind.CUT:
        return CutForm(data, initial={"percent": cut_of(exam).percent})
    if version is None:
        return None
    if kind == RegradeKind.EXCLUSION:
        return ExclusionForm(data)
    if version.question.kind in WRITTEN_KINDS:
        return None
    key = key_in_force(version)
    words = {"explanation": key.explanation, "explanation_en": key.explanation_en, "source": key.source}
    return KeyForm(data, kind=version.question.kind, body=version.body, accepted=key.accepted, initial=words)


def _propose(request: HttpRequest, exam: Exam, form: Form, version: QuestionVersion | None) -> Regrade:
    given = form.cleaned_data
    common: dict[str, Any] = {
        "exam": exam,
        "reason": given["reason"],
        "prepared_by": signed_in(request),
        "now": now(),
    }
    if isinstance(form, CutForm):
        return proposing.propose_cut(**{**given, **common})
    if version is None:
        raise proposing.NotInThisExam
    if isinstance(form, KeyForm):
        key = KeyText(form.accepted(), given["explanation"], given["explanation_en"], given["source"])
        return proposing.propose_key(version=version, key=key, **common)
    return proposing.propose_exclusion(version=version, rule=ExclusionRule(given["rule"]), **common)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_regrade(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what is corrected, then say how; a post proposes it and has it computed dry."""
    exam = exam_or_404(request, code)
    kind = request.GET.get("kind", "")
    kind = kind if kind in RegradeKind.values else ""
    version = _version(exam, request.GET.get("question", ""))
    form = _form(request, kind, version, exam) if kind else None
    refusal: Refusal | None = None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            regrade = _propose(request, exam, form, version)
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("The correction is prepared and being computed. Nothing is in force yet."))
            return redirect("exams:desk-regrade", exam.code, regrade.uid)
    context = {
        **head_of(exam, HERE),
        "kind": RegradeKind(kind) if kind else None,
        "kinds": list(RegradeKind),
        "version": version,
        "questions": questions_of(exam) if kind and kind != RegradeKind.CUT and version is None else None,
        "written": version is not None and version.question.kind in WRITTEN_KINDS,
        "others": list(other_exams_with(version, exam)) if version else [],
        "cut": cut_of(exam) if kind == RegradeKind.CUT else None,
        "stem": stem(question_of(version)) if version else "",
        "form": form,
        "refusal": refusal,
        "marked": results_are_out(exam),
        "under_way": open_regrade(exam),
    }
    return render(request, "exams/regrade_new.html", context, status=refusal.status if refusal else 200)


def _act(request: HttpRequest, regrade: Regrade) -> str:
    """What the buttons of the page do."""
    if request.POST.get("action") == "approve":
        regrading.approve(regrade=regrade, decided_by=signed_in(request), now=now())
        return _("Approved. The new results are being written.")
    reason = request.POST.get("reason", "")[:1000]
    regrading.refuse(regrade=regrade, reason=reason, decided_by=signed_in(request), now=now())
    return _("Turned down. Everything stays as it is.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def regrade(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """One correction: what it changes, for whom, and the decision of a second person."""
    exam = exam_or_404(request, code)
    found = regrade_of(exam, uid)
    if found is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            messages.success(request, _act(request, found))
        except Refusal as no:
            refusal = no
        else:
            return redirect("exams:desk-regrade", exam.code, found.uid)
    return _show(request, exam, found, refusal)


def _shown(value: str) -> dict[str, Any]:
    options = [
        ("", _("every change")),
        ("to-pass", _("now passed")),
        ("to-fail", _("now failed")),
        ("points", pgettext("changes", "points only")),
    ]
    return {
        "name": "show",
        "label": pgettext("changes", "Show"),
        "kind": "seg",
        "value": value,
        "options": [{"value": each, "label": label} for each, label in options],
    }


def _question(regrade: Regrade) -> dict[str, Any]:
    """The question that is corrected, with its key before and afterwards."""
    if regrade.version is None:
        return {}
    question = question_of(regrade.version)
    keys = {}
    if regrade.kind == RegradeKind.KEY:
        keys = {"was": regrade.proposal["was"], "becomes": regrade.proposal["key"]["accepted"]}
    words = {name: accepted_words(question, accepted) for name, accepted in keys.items()}
    rule = regrade.proposal.get("rule")
    return {"stem": stem(question), **words, "rule": ExclusionRule(rule) if rule else None}


def _show(request: HttpRequest, exam: Exam, found: Regrade, refusal: Refusal | None) -> HttpResponse:
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    people = names_of([found.prepared_by, found.decided_by])
    own = found.prepared_by == f"user:{signed_in(request).pk}"
    context = {
        **head_of(exam, HERE),
        "regrade": found,
        "changes": changes_of(found),
        "page": Paginator(lines_of(found, shown), PER_PAGE).get_page(request.GET.get("page")),
        "fields": [_shown(shown)],
        "query": urlencode({"show": shown}) if shown else "",
        **_question(found),
        "prepared_by": people.get(found.prepared_by, ""),
        "decided_by": people.get(found.decided_by, ""),
        "own": own,
        "may_decide": found.state == RegradeState.PREPARED and not own,
        "others": list(other_exams_with(found.version, exam)) if found.version else [],
        "refusal": refusal,
    }
    return render(request, "exams/regrade.html", context, status=refusal.status if refusal else 200)
