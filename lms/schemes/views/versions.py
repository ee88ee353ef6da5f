from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.clock import now
from lms.schemes.forms import DraftForm, StudyRulesForm, VersionForm
from lms.schemes.selectors import differences as differing
from lms.schemes.selectors import outlines
from lms.schemes.selectors.study_rules import STUDY_RULE_LABELS, study_rules_of
from lms.schemes.services import drafting

from .finding import back_to, done_or_told, draft_at, for_writers, is_draft, revision_in, tried, version_at, writer


@for_writers
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version of the rules, the newest first."""
    return render(request, "schemes/versions.html", {"versions": outlines.versions()})


@for_writers
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version whole: levels as outlines, topics, study rules; a draft with what can be done to it."""
    shown = version_at(pk)
    rules = study_rules_of(shown)
    context = {
        "version": shown,
        "drafting": outlines.drafting_of(shown),
        "editable": is_draft(shown),
        "levels": outlines.outlines_of(shown),
        "study_rules": [(label, getattr(rules, name)) for name, label in STUDY_RULE_LABELS.items()],
        "draft_form": DraftForm(),
    }
    return render(request, "schemes/version.html", context)


@for_writers
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a new version from this one."""
    base, form = version_at(pk), DraftForm(request.POST)
    made: list[Any] = []
    status = 400
    if form.is_valid():
        number = form.cleaned_data["number"]
        act = lambda: made.append(  # noqa: E731 -- one call, tried below
            drafting.draft_from(version=base, number=number, drafted_by=writer(request), now=now())
        )
        status = tried(request, form, act)
    if made:
        messages.success(request, _("Version %(number)s is drafted.") % {"number": made[0].number})
        return redirect("schemes:version", made[0].pk)
    return render(request, "schemes/draft.html", {"version": base, "form": form}, status=status)


@for_writers
@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, first day, basis and reason of a draft."""
    shown = draft_at(pk)
    names = ("title", "title_en", "effective_from", "basis", "basis_en")
    initial = {name: getattr(shown, name) for name in names} | {
        "reason": shown.drafting.reason,
        "revision": shown.drafting.revision,
    }
    form, status = VersionForm(request.POST or None, initial=initial), 200
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        revision, reason = said.pop("revision"), said.pop("reason")
        status = tried(
            request,
            form,
            lambda: drafting.describe_draft(
                draft_id=pk, revision=revision, facts=said, reason=reason, user=writer(request)
            ),
        )
        if not status:
            return back_to(pk)
    return _form(request, shown, form, _("Title, first day and reason"), status)


@for_writers
@require_http_methods(["GET", "POST"])
def study_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """How study is measured under a draft."""
    shown = draft_at(pk)
    rules = study_rules_of(shown)
    initial = {name: getattr(rules, name) for name in STUDY_RULE_LABELS} | {"revision": shown.drafting.revision}
    form, status = StudyRulesForm(request.POST or None, initial=initial), 200
    if request.method == "POST" and form.is_valid():
        status = tried(
            request,
            form,
            lambda: drafting.change_study_rules(
                draft_id=pk, revision=form.cleaned_data["revision"], rules=form.rules(), user=writer(request)
            ),
        )
        if not status:
            return back_to(pk, "study-rules")
    return _form(request, shown, form, _("Study rules"), status)


def _form(request: HttpRequest, shown: Any, form: Any, title: str, status: int) -> HttpResponse:
    status = status or 200
    if form.errors and status == 200:
        status = 400
    return render(request, "schemes/form.html", {"version": shown, "form": form, "title": title}, status=status)


@for_writers
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version says otherwise than the one it was drafted from."""
    shown = version_at(pk)
    came = outlines.drafting_of(shown)
    before = came.based_on if came else outlines.version_before(shown)
    sections = differing.differences(shown, before) if before else []
    return render(request, "schemes/differences.html", {"version": shown, "before": before, "sections": sections})


@for_writers
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft; from then on it never changes."""
    shown = version_at(pk)
    done = done_or_told(
        request,
        lambda: drafting.publish_draft(draft_id=pk, revision=revision_in(request), user=writer(request), now=now()),
    )
    if done:
        messages.success(request, _("Version %(number)s is published.") % {"number": shown.number})
    return back_to(pk)
