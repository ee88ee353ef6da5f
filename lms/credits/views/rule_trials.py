"""Trying a draft of credit rules, looking at whose balance it would change, and publishing it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.credits.forms.rules import PublishForm, RevisionForm
from lms.credits.models import RulesTrial
from lms.credits.policies import reads_claims
from lms.credits.selectors.trial_words import csv_of, in_words
from lms.credits.selectors.trials import changes_of, span_of, trial_for
from lms.credits.services.drafting_rules import StaleRules, discard_draft
from lms.credits.services.publishing_rules import publish_rules
from lms.credits.services.trying import ask_for_trial
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .rule_versions import draft_or_404, signed_in, version_page

PER_PAGE = 20


def _trial_or_404(request: HttpRequest, uid: UUID) -> RulesTrial:
    if not reads_claims(request.user):
        raise PermissionDenied
    found = trial_for(request.user, uid)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a dry run of a draft as it stands."""
    rules = draft_or_404(request, uid)
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else -1
    try:
        trial = ask_for_trial(rules=rules, revision=revision, user=signed_in(request), now=now())
    except StaleRules as refusal:
        messages.error(request, str(refusal))
        return redirect("credits:desk-rules-version", rules.uid)
    return redirect("credits:desk-rules-trial", trial.uid)


@never_cache
@login_required
@require_safe
def trial(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a dry run saw: whose balance would change, by how much, and by which lines."""
    found = _trial_or_404(request, uid)
    page = Paginator(changes_of(found), PER_PAGE).get_page(request.GET.get("page"))
    in_words(page.object_list, found.rules)
    context = {
        "trial": found,
        "rules": found.rules,
        "page": page,
        "span": span_of(found.rules),
        "stale": found.revision != found.rules.revision,
    }
    return render(request, "credits/rules/trial.html", context)


@never_cache
@login_required
@require_safe
def trial_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet, a row for every line that would change."""
    found = _trial_or_404(request, uid)
    name = found.rules.code.replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="dry-run-{name}-r{found.revision}.csv"'}
    content = csv_of(changes_of(found), found.rules)
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@login_required
@require_POST
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publish a draft; from then on it never changes."""
    rules = draft_or_404(request, uid)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return version_page(request, rules, form, 400)
    said = form.cleaned_data
    try:
        publish_rules(rules=rules, revision=said["revision"], reason=said["reason"], user=signed_in(request), now=now())
    except Refusal as refusal:
        rules.refresh_from_db()
        form.add_error(None, str(refusal))
        return version_page(request, rules, form, refusal.status)
    messages.success(request, _("Version %(version)s is published.") % {"version": rules.code})
    return redirect("credits:desk-rules-version", rules.uid)


@login_required
@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away."""
    rules = draft_or_404(request, uid)
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else -1
    try:
        discard_draft(rules=rules, revision=revision, user=signed_in(request), now=now())
    except StaleRules as refusal:
        messages.error(request, str(refusal))
        return redirect("credits:desk-rules-version", rules.uid)
    messages.success(request, _("The draft %(version)s is thrown away.") % {"version": rules.code})
    return redirect("credits:desk-rules")
