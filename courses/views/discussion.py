"""Asking and answering about a lesson, for those who study it and those who teach it."""

import uuid
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses import policies
from courses.enums import PostState
from courses.forms.discussion import AnswerForm, QuestionForm, VerdictForm
from courses.models import Enrolment, Reply, Thread
from courses.selectors.discussion import (
    answers_to,
    lesson_of,
    open_questions,
    question,
    questions_about,
    teachers_of,
    waiting_for,
)
from courses.selectors.outlines import item_of
from courses.selectors.progress import live_enrolment, title_of
from courses.services import discussing
from lms.accounts.selectors.people import person_of
from lms.kernel.clock import now
from lms.kernel.refusals import NotAllowed, Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

PAGE = 20


def _user(request: HttpRequest) -> "User":
    """The user of a view that only users reach."""
    return cast("User", request.user)


@login_required
@require_http_methods(["GET", "POST"])
def discussion(request: HttpRequest, enrolment: uuid.UUID, item_uid: str) -> HttpResponse:
    """The questions about a lesson among those who study it at the same base, and a form for the next."""
    visible = Enrolment.objects.visible_to(request.user).with_outline().select_related("person", "organisation")
    found = get_object_or_404(visible, uid=enrolment)
    item = item_of(found.course_version, item_uid)
    if item is None:
        raise Http404
    may_ask = policies.can_study(request.user, found)
    form = QuestionForm(request.POST or None)
    if request.method == "POST":
        if not may_ask:
            raise PermissionDenied
        thread = _ask(request, form, found, item_uid)
        if thread is not None:
            return redirect("courses:question", thread=thread.uid)
    page = Paginator(questions_about(request.user, found, item_uid), PAGE).get_page(request.GET.get("page"))
    context = {
        "enrolment": found,
        "course_title": title_of(found),
        "item": item,
        "page": page,
        "form": form,
        "may_ask": may_ask,
    }
    return render(request, "courses/discussion.html", context, status=400 if form.errors else 200)


def _ask(request: HttpRequest, form: QuestionForm, enrolment: Enrolment, item_uid: str) -> Thread | None:
    """The question written, or None with the reason in the form."""
    if not form.is_valid():
        return None
    try:
        thread = discussing.ask(
            enrolment=enrolment, item_uid=item_uid, person=enrolment.person, now=now(), **form.cleaned_data
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    if thread.state == PostState.PENDING:
        messages.info(request, _("Your question is with a moderator and appears when it is let through."))
    return thread


def _thread(request: HttpRequest, uid: uuid.UUID) -> Thread:
    return get_object_or_404(question(request.user), uid=uid)


@login_required
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, thread: uuid.UUID) -> HttpResponse:
    """One question with its answers; a POST answers it."""
    found = _thread(request, thread)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        reply = _answer(request, form, found)
        if reply is not None:
            return redirect(f"{request.path}#r-{reply.uid}")
    return render(
        request, "courses/question.html", _thread_context(request, found, form), status=400 if form.errors else 200
    )


def _thread_context(request: HttpRequest, thread: Thread, form: AnswerForm) -> dict[str, Any]:
    return {
        "thread": thread,
        "answers": answers_to(request.user, thread),
        "teachers": teachers_of(thread.organisation_id, now()),
        "lesson": lesson_of(thread),
        "enrolment": live_enrolment(request.user, thread.course),
        "form": form,
        "may_answer": thread.state == PostState.PUBLISHED and policies.can_discuss(request.user, thread),
        "may_accept": policies.can_accept(request.user, thread),
        "may_moderate": policies.can_moderate(request.user, thread),
    }


def _answer(request: HttpRequest, form: AnswerForm, thread: Thread) -> Reply | None:
    """The answer written, or None with the reason in the form."""
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied
    if not form.is_valid():
        return None
    try:
        reply = discussing.answer(thread=thread, person=person, now=now(), **form.cleaned_data)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    if reply.state == PostState.PENDING:
        messages.info(request, _("Your answer is with a moderator and appears when it is let through."))
    return reply


@login_required
@require_POST
def accept(request: HttpRequest, thread: uuid.UUID) -> HttpResponse:
    """Say which answer helped, or take that back."""
    found = _thread(request, thread)
    if not policies.can_accept(request.user, found):
        raise PermissionDenied
    reply = _reply(request, found, request.POST.get("reply", ""))
    try:
        discussing.accept(thread=found, reply=reply, user=_user(request), now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:question", thread=found.uid)


def _reply(request: HttpRequest, thread: Thread, uid: Any) -> Reply | None:
    """The answer that a form names, if it names one."""
    if not uid:
        return None
    try:
        number = uuid.UUID(str(uid))
    except ValueError as fault:
        raise Http404 from fault
    return get_object_or_404(Reply.objects.visible_to(request.user).filter(thread=thread), uid=number)


@login_required
@require_POST
def moderate(request: HttpRequest, thread: uuid.UUID) -> HttpResponse:
    """Publish or hide a question or one of its answers, and go back to where the moderator was."""
    found = _thread(request, thread)
    if not policies.can_moderate(request.user, found):
        raise PermissionDenied
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether to publish or to hide, with a reason of at most 200 characters."))
    else:
        reply = _reply(request, found, form.cleaned_data["reply"])
        try:
            discussing.moderate(thread=found, reply=reply, user=_user(request), now=now(), **form.verdict())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done; the author is told."))
    if request.POST.get("back") == "queue":
        return redirect("courses:moderation")
    return redirect("courses:question", thread=found.uid)


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits at the bases one teaches for: contributions for a moderator, questions for an answer."""
    if not policies.can_teach(request.user):
        raise PermissionDenied
    page = Paginator(open_questions(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/moderation.html", {"queue": waiting_for(request.user), "page": page})
