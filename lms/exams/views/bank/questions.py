"""One question before those who keep its bank, and the steps from a draft to what is asked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.exams.enums import IN_PREPARATION, VersionState
from lms.exams.forms.banks import ReasonForm
from lms.exams.models import Question, QuestionVersion
from lms.exams.policies import can_publish_questions
from lms.exams.selectors.pictures import figures_named
from lms.exams.selectors.questions import QuestionFile, bases_of, file_of, names_of
from lms.exams.selectors.tags import tags_in_force
from lms.exams.services import drafting, reviewing
from lms.exams.services.wording import differences, key_lines
from lms.kernel.clock import now
from lms.kernel.refusals import NotAllowed, Refusal

from .doors import actor_of, question_or_404


class ForManagers(NotAllowed):
    code = "for-managers"
    message = _lazy("Publishing a question, and taking it out of use, is for the managers of the base.")


def _version(request: HttpRequest, question: Question) -> QuestionVersion:
    """The version that the form was about."""
    no = request.POST.get("version", "")
    return question.versions.get(no=int(no)) if no.isdecimal() else question.versions.latest("no")


def _review(request: HttpRequest, question: Question, reason: str) -> str:
    reviewing.review(version=_version(request, question), actor=actor_of(request), now=now())
    return _("You stand for this version as its second reader. The base manager may publish it.")


def _send_back(request: HttpRequest, question: Question, reason: str) -> str:
    reviewing.send_back(version=_version(request, question), actor=actor_of(request), reason=reason, now=now())
    return _("Sent back with your reason.")


def _publish(request: HttpRequest, question: Question, reason: str) -> str:
    reviewing.publish(version=_version(request, question), actor=actor_of(request), now=now())
    return _("Published. It may be drawn from the next paper on.")


def _retire(request: HttpRequest, question: Question, reason: str) -> str:
    reviewing.retire(version=_version(request, question), actor=actor_of(request), reason=reason, now=now())
    return _("Out of use. Papers that hold it keep it.")


def _begin(request: HttpRequest, question: Question, reason: str) -> str:
    drafting.begin_version(question=question, actor=actor_of(request), now=now())
    return _("A new version is in preparation. What is asked stays as it is until you publish.")


def _read_again(request: HttpRequest, question: Question, reason: str) -> str:
    drafting.begin_version(question=question, actor=actor_of(request), now=now(), newest_laws=True)
    return _("A new version on the newest law texts is in preparation. Read it against them before it is reviewed.")


ACTS: dict[str, Callable[[HttpRequest, Question, str], str]] = {
    "review": _review,
    "send-back": _send_back,
    "publish": _publish,
    "retire": _retire,
    "begin": _begin,
    "read-again": _read_again,
}


def _is_managers(request: HttpRequest, question: Question, act: str) -> bool:
    """Publishing is the manager's, and so is retiring what is published."""
    if act == "publish":
        return True
    return act == "retire" and _version(request, question).state == VersionState.PUBLISHED


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything about a question, its key included; a post moves a version on."""
    found = question_or_404(request, uid)
    if request.method != "POST":
        return _show(request, found, ReasonForm())
    act = request.POST.get("act", "")
    no = request.POST.get("version", "")
    if act not in ACTS or not (no.isdecimal() and found.versions.filter(no=int(no[:9])).exists()):
        return HttpResponseBadRequest()
    manages = can_publish_questions(request.user, found.bank.organisation_id)
    if _is_managers(request, found, act) and not manages:
        return _show(request, found, ReasonForm(), refusal=ForManagers())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=400)
    try:
        said = ACTS[act](request, found, form.cleaned_data["reason"])
    except Refusal as refusal:
        return _show(request, found, form, refusal=refusal)
    messages.success(request, said)
    return redirect("exams:question-edit" if act in ("begin", "read-again") else "exams:bank-question", uid)


def _show(
    request: HttpRequest, found: Question, form: ReasonForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    file = file_of(found)
    version = file.version(request.GET.get("v", request.POST.get("version", "")))
    before = file.before(version)
    items = drafting.items_of(_of(found, [version, *([before] if before else [])]))
    item = items[version.pk]
    moment = now()
    context = {
        "question": found,
        "bank": found.bank,
        "file": file,
        "version": version,
        "before": before,
        "item": item,
        "key": key_lines(item),
        "changes": differences(items[before.pk], item) if before else [],
        "figures": figures_named(found.bank_id, item.figures),
        "bases": bases_of(version, moment),
        "tags": tags_in_force(moment),
        "form": form,
        "refusal": refusal,
        **_acts(request, file, version),
    }
    return render(request, "exams/bank/question.html", context, status=refusal.status if refusal else status)


def _of(question: Question, versions: list[QuestionVersion]) -> list[QuestionVersion]:
    """The versions with their question at hand, so that nobody asks for it once more."""
    for version in versions:
        version.question = question
    return versions


def _acts(request: HttpRequest, file: QuestionFile, version: QuestionVersion) -> dict[str, Any]:
    """Who did what, and what the visitor may do next."""
    events = file.events_of(version)
    me, hands = (
        actor_of(request),
        {version.author} | {event.actor for event in events if event.state == VersionState.DRAFT and not event.reason},
    )
    manages = can_publish_questions(request.user, file.question.bank.organisation_id)
    prepared = version.state in IN_PREPARATION
    in_case = file.question.case_set_id is not None
    return {
        "events": events,
        "names": names_of([version.author, *(event.actor for event in events)]),
        "is_mine": me in hands,
        "may_edit": version.state == VersionState.DRAFT,
        "may_review": version.state == VersionState.DRAFT and me not in hands,
        "may_send_back": prepared and me not in hands,
        "may_publish": manages and version.state == VersionState.REVIEWED and (file.published or not in_case),
        "waits_for_case": version.state == VersionState.REVIEWED and in_case and not file.published,
        "may_retire": prepared or (manages and version.state == VersionState.PUBLISHED and not in_case),
        "may_begin": file.prepared is None and version == file.versions[0],
    }
