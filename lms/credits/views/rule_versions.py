"""One version of credit rules at the desk: what it says, how it is changed, tried and published."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.enums import CreditKind, RulesState
from lms.credits.forms.kind_rules import KindForm
from lms.credits.forms.rules import FactsForm, FileForm, PublishForm, RevisionForm, TermsForm
from lms.credits.models import CreditRules
from lms.credits.policies import can_change_rules_of, reads_claims
from lms.credits.selectors.rule_versions import differences, parts_of, version_for
from lms.credits.selectors.rules import table_of
from lms.credits.selectors.trials import finished_trial_of, may_publish_alone, span_of, trials_of
from lms.credits.services.drafting_rules import (
    RulesNotRight,
    StaleRules,
    change_kind,
    change_terms,
    describe_rules,
    replace_by_file,
)
from lms.credits.services.rule_files import MOST_BYTES, FileNotReadable, write_rules_file
from lms.kernel.clock import now
from lms.kernel.refusals import NotAllowed, NotFound, Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

RUNS_SHOWN = 5


def rules_or_404(request: HttpRequest, uid: UUID) -> CreditRules:
    """The version under this address, for those who read at the desk."""
    if not reads_claims(request.user):
        raise PermissionDenied
    rules = version_for(request.user, uid)
    if rules is None:
        raise Http404
    return rules


def draft_or_404(request: HttpRequest, uid: UUID) -> CreditRules:
    """The draft under this address, for those who may change it; a published version has no such page."""
    rules = rules_or_404(request, uid)
    if rules.state != RulesState.DRAFT:
        raise Http404
    if not can_change_rules_of(request.user, rules.organisation_id):
        raise PermissionDenied
    return rules


def signed_in(request: HttpRequest) -> "User":
    """The user of a page that only those who are signed in reach."""
    return cast("User", request.user)


@login_required
@require_safe
def version(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One version whole."""
    return version_page(request, rules_or_404(request, uid))


def version_page(
    request: HttpRequest, rules: CreditRules, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a version; of a draft with what can be done to it."""
    table = table_of(rules)
    draft = rules.state == RulesState.DRAFT
    editable = draft and can_change_rules_of(request.user, rules.organisation_id)
    context = {
        "rules": rules,
        "table": table,
        "parts": parts_of(table),
        "editable": editable,
        "span": span_of(rules) if draft else None,
        "trials": list(trials_of(rules)[:RUNS_SHOWN]),
    }
    if editable:
        own = rules.drafted_by_id == request.user.pk
        context |= {
            "tried": finished_trial_of(rules),
            "others_publish": own and not may_publish_alone(rules, at=now()),
            "form": form or PublishForm(initial={"revision": rules.revision, "reason": rules.reason}),
        }
    return render(request, "credits/rules/version.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Title, first day and reason of a draft."""
    rules = draft_or_404(request, uid)
    names = ("title", "title_en", "effective_from", "reason")
    stands = {name: getattr(rules, name) for name in names}
    form = FactsForm(request.POST or None, initial={**stands, "revision": rules.revision})

    def save() -> None:
        said = form.cleaned_data
        describe_rules(rules=rules, revision=said["revision"], facts=said, user=signed_in(request))

    return _changed(request, rules, form, save, _("Title, first day and reason"), stands=lambda: _facts_now(rules))


def _facts_now(rules: CreditRules) -> dict[str, Any]:
    rules.refresh_from_db()
    return {name: getattr(rules, name) for name in ("title", "title_en", "effective_from", "reason")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What holds for all kinds of work."""
    rules = draft_or_404(request, uid)
    form = TermsForm(request.POST or None, initial={**TermsForm.of(table_of(rules)), "revision": rules.revision})

    def save() -> None:
        revision = form.cleaned_data["revision"]
        change_terms(rules=rules, revision=revision, terms=form.terms(), user=signed_in(request))

    def stands() -> dict[str, Any]:
        rules.refresh_from_db()
        return TermsForm.of(table_of(rules))

    return _changed(request, rules, form, save, _("What holds for all kinds"), stands=stands)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Cap and window of a kind, and what each of its rules gives."""
    rules = draft_or_404(request, uid)
    table = table_of(rules)
    if kind not in CreditKind.values or not table.rules_of(kind):
        raise Http404
    initial = {**KindForm.of(table, kind), "revision": rules.revision}
    form = KindForm(request.POST or None, initial=initial, table=table, kind=kind)

    def save() -> None:
        change_kind(
            rules=rules,
            revision=form.cleaned_data["revision"],
            kind=kind,
            terms=form.terms(),
            changed=form.changed(),
            user=signed_in(request),
        )

    def stands() -> dict[str, Any]:
        rules.refresh_from_db()
        return KindForm.of(table_of(rules), kind)

    label = str(CreditKind(kind).label)
    return _changed(request, rules, form, save, label, stands=stands, template="kind", anchor=f"kind-{kind}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A whole rule table as a file: of any version to keep, into a draft to replace it."""
    if request.method != "POST":
        rules = rules_or_404(request, uid)
        name = rules.code.replace("/", "-")
        headers = {"Content-Disposition": f'attachment; filename="credit-rules-{name}.yaml"'}
        return HttpResponse(write_rules_file(rules.data), content_type="application/yaml", headers=headers)
    rules = draft_or_404(request, uid)
    form, faults, status = FileForm(request.POST, request.FILES), [], 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            content = said["file"].read(MOST_BYTES + 1)
            replace_by_file(rules=rules, revision=said["revision"], content=content, user=signed_in(request))
        except RulesNotRight as refusal:
            faults, status = refusal.faults, refusal.status
        except (StaleRules, FileNotReadable) as refusal:
            form.add_error("file", str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("The file is in the draft. See what is different."))
            return redirect("credits:desk-rules-differences", rules.uid)
    context = {"rules": rules, "form": form, "faults": faults}
    return render(request, "credits/rules/file.html", context, status=status if status != 200 else 400)


@login_required
@require_safe
def compared(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a version says otherwise than the one it is based on."""
    rules = rules_or_404(request, uid)
    return render(request, "credits/rules/differences.html", {"rules": rules, "sections": differences(rules)})


def _changed(
    request: HttpRequest,
    rules: CreditRules,
    form: RevisionForm,
    save: Callable[[], None],
    title: str,
    *,
    stands: Callable[[], dict[str, Any]],
    template: str = "form",
    anchor: str = "",
) -> HttpResponse:
    """Save a form of a draft and go back to it, or show what was typed with what is wrong."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                save()
            except StaleRules as stale:
                stood = stands()
                form.newer(rules.revision, stood)
                form.add_error(None, str(stale))
                status = stale.status
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("Saved in the draft. Run it dry before you publish it."))
                return redirect(f"{_address(rules)}{'#' + anchor if anchor else ''}")
    context = {"rules": rules, "form": form, "title": title}
    return render(request, f"credits/rules/{template}.html", context, status=status)


def _address(rules: CreditRules) -> str:
    return reverse("credits:desk-rules-version", args=[rules.uid])
