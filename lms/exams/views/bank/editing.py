"""Writing a question: a plain form that works without script, and shows the question as a candidate sees it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.exams.enums import QuestionKind, VersionState
from lms.exams.forms.kinds import FORMS
from lms.exams.forms.questions import QuestionForm
from lms.exams.models import CaseSet, QuestionBank, QuestionVersion
from lms.exams.selectors.pictures import figures_named, figures_of
from lms.exams.selectors.questions import case_wording
from lms.exams.selectors.tags import tags_in_force
from lms.exams.services.bank_file import Item
from lms.exams.services.drafting import DraftChanged, RefTaken, change_draft, create_question, item_of, token_of
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .doors import actor_of, bank_or_404, case_or_404, question_or_404

MOST_FIGURES = 60
PREVIEW = "preview"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Write a question of a kind, by itself or as the next one of a case."""
    bank = bank_or_404(request, pk)
    case_set = _case(request, bank)
    if kind not in QuestionKind.values or (case_set and kind == QuestionKind.ESSAY):
        raise Http404
    form = _form(request, bank, QuestionKind(kind))
    item = form.build("") if form.is_bound else None
    if item and request.POST.get("act") != PREVIEW:
        try:
            version = create_question(
                bank=bank, item=item, case_set=case_set, module=form.module, actor=actor_of(request), now=now()
            )
        except RefTaken as refusal:
            form.add_error("ref", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is kept. Somebody else has to read it before it is published."))
            return redirect("exams:bank-question", version.question.uid)
    return _show(request, bank, form, item, case_set=case_set)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a draft; whoever saved it in between is not overwritten."""
    question = question_or_404(request, uid)
    version = question.versions.filter(state=VersionState.DRAFT).first()
    if version is None:
        messages.info(request, _("No version of this question is a draft. Begin a new version to change it."))
        return redirect("exams:bank-question", uid)
    version.question = question
    before = item_of(version)
    form = _form(request, question.bank, QuestionKind(question.kind), before=before, seen=token_of(before))
    item = form.build(question.ref) if form.is_bound else before
    if form.is_bound and item and request.POST.get("act") != PREVIEW:
        try:
            change_draft(
                version=version,
                item=item,
                seen=form.cleaned_data["seen"],
                module=form.module,
                actor=actor_of(request),
                now=now(),
            )
        except DraftChanged as refusal:
            return _show(request, question.bank, form, item, version=version, refusal=refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("exams:bank-question", uid)
    return _show(request, question.bank, form, item, version=version, case_set=question.case_set)


def _case(request: HttpRequest, bank: QuestionBank) -> CaseSet | None:
    """The case that the question is for, as the address says."""
    asked = request.GET.get("case", "")
    if not asked:
        return None
    try:
        case_set = case_or_404(request, UUID(asked))
    except ValueError as no:
        raise Http404 from no
    if case_set.bank_id != bank.pk:
        raise Http404
    return case_set


def _form(
    request: HttpRequest, bank: QuestionBank, kind: QuestionKind, *, before: Item | None = None, seen: str = ""
) -> QuestionForm:
    data = request.POST if request.method == "POST" else None
    figures = list(figures_of(bank)[:MOST_FIGURES])
    return FORMS[kind](data, tags=tags_in_force(now()), figures=figures, before=before, seen=seen)


def _show(
    request: HttpRequest,
    bank: QuestionBank,
    form: QuestionForm,
    item: Item | None,
    *,
    version: QuestionVersion | None = None,
    case_set: CaseSet | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    is_preview = request.POST.get("act") == PREVIEW
    context: dict[str, Any] = {
        "bank": bank,
        "form": form,
        "kind": form.kind,
        "item": item,
        "figures": figures_named(bank.pk, item.figures) if item else [],
        "version": version,
        "question": version.question if version else None,
        "case_set": case_set,
        "case": case_wording(case_set) if case_set else None,
        "refusal": refusal,
        "is_preview": is_preview,
    }
    is_wrong = form.is_bound and not is_preview and not (item and form.is_right)
    status = refusal.status if refusal else 400 if is_wrong else 200
    return render(request, "exams/bank/edit.html", context, status=status)
