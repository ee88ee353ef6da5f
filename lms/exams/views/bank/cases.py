"""Cases of a bank: the text, the questions that share it, and publishing them together."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.exams.enums import WRITTEN_KINDS, QuestionKind, VersionState
from lms.exams.forms.banks import CaseForm, ReasonForm
from lms.exams.models import CaseSet, QuestionBank
from lms.exams.policies import can_publish_questions
from lms.exams.selectors.pictures import figures_named, figures_of
from lms.exams.selectors.questions import case_questions, case_wording
from lms.exams.services.casing import create_case, word_case
from lms.exams.services.reviewing import publish_case, retire_case
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .doors import actor_of, bank_or_404, case_or_404
from .editing import MOST_FIGURES
from .questions import ForManagers

KINDS = [kind for kind in QuestionKind if kind not in WRITTEN_KINDS]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a case with its text."""
    bank = bank_or_404(request, pk)
    form = _form(request, bank, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            case_set = create_case(
                bank=bank, ref=form.cleaned_data["ref"], said=form.body(), actor=actor_of(request), now=now()
            )
        except Refusal as refusal:
            form.add_error("ref", str(refusal))
        else:
            messages.success(request, _("The case is there. Write its questions."))
            return redirect("exams:case", case_set.uid)
    context = {"bank": bank, "form": form}
    return render(request, "exams/bank/case_edit.html", context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a case a new text; while its questions are asked, only managers may."""
    case_set = case_or_404(request, uid)
    wording = case_wording(case_set)
    is_asked = any(version.state == VersionState.PUBLISHED for version in case_questions(case_set))
    refusal: Refusal | None = None
    form = _form(request, case_set.bank, is_new=False, case_set=case_set)
    if request.method == "POST" and form.is_valid():
        try:
            if is_asked and not can_publish_questions(request.user, case_set.bank.organisation_id):
                raise ForManagers
            word_case(
                case_set=case_set,
                said=form.body(),
                seen=form.cleaned_data["seen"],
                actor=actor_of(request),
                now=now(),
            )
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("Saved."))
            return redirect("exams:case", uid)
    context = {
        "bank": case_set.bank,
        "case_set": case_set,
        "wording": wording,
        "form": form,
        "is_asked": is_asked,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 400 if form.errors else 200
    return render(request, "exams/bank/case_edit.html", context, status=status)


def _form(request: HttpRequest, bank: QuestionBank, *, is_new: bool, case_set: CaseSet | None = None) -> CaseForm:
    wording = case_wording(case_set) if case_set else None
    first = {**wording.body, "seen": wording.content_hash} if wording else {}
    figures = list(figures_of(bank)[:MOST_FIGURES])
    return CaseForm(request.POST or None, initial=first, figures=figures, is_new=is_new)


def _publish(case_set: CaseSet, actor: str, reason: str) -> str:
    publish_case(case_set=case_set, actor=actor, now=now())
    return _("The case is published with all its questions.")


def _retire(case_set: CaseSet, actor: str, reason: str) -> str:
    retire_case(case_set=case_set, actor=actor, reason=reason, now=now())
    return _("The case is out of use. Papers that hold it keep it.")


ACTS: dict[str, Callable[[CaseSet, str, str], str]] = {"publish": _publish, "retire": _retire}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A case with its questions; a post publishes or retires it as a whole."""
    case_set = case_or_404(request, uid)
    if request.method != "POST":
        return _show(request, case_set, ReasonForm())
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, case_set, form, status=400)
    try:
        if not can_publish_questions(request.user, case_set.bank.organisation_id):
            raise ForManagers
        said = act(case_set, actor_of(request), form.cleaned_data["reason"])
    except Refusal as refusal:
        return _show(request, case_set, form, refusal=refusal)
    messages.success(request, said)
    return redirect("exams:case", uid)


def _show(
    request: HttpRequest, case_set: CaseSet, form: ReasonForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    wording, versions = case_wording(case_set), case_questions(case_set)
    states = {version.state for version in versions}
    manages = can_publish_questions(request.user, case_set.bank.organisation_id)
    context: dict[str, Any] = {
        "bank": case_set.bank,
        "case_set": case_set,
        "wording": wording,
        "figures": figures_named(case_set.bank_id, wording.body.get("figures", [])) if wording else [],
        "versions": versions,
        "kinds": KINDS,
        "manages": manages,
        "may_publish": manages and VersionState.REVIEWED in states and VersionState.DRAFT not in states,
        "may_retire": manages and VersionState.PUBLISHED in states,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "exams/bank/case.html", context, status=refusal.status if refusal else status)
