"""What earns how many credits: for everybody who is signed in, and the versions for the desk."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.forms.rules import BeginDraftForm
from lms.credits.policies import can_change_rules_of, reads_claims
from lms.credits.selectors.rule_versions import owners_for, parts_of, versions_for, with_own_rules
from lms.credits.selectors.rules import NoCreditRules, rules_by_code, rules_for, table_of
from lms.credits.services.drafting_rules import draft_rules
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

PER_PAGE = 20


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The rules in force today, in plain words: the scheme's, or an organisation's own."""
    today = now().astimezone(BEIJING).date()
    owners = with_own_rules(today)
    owner = next((each for each in owners if each.code == request.GET.get("of", "")), None)
    try:
        rules = rules_for(organisation_id=owner.pk if owner else None, on=today)
    except NoCreditRules:
        return render(request, "credits/rules/none.html")
    table = table_of(rules)
    context = {"rules": rules, "table": table, "parts": parts_of(table), "owners": owners, "owner": owner}
    return render(request, "credits/rules/show.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest) -> HttpResponse:
    """Every version that one may see; whoever may change rules drafts a new one from any of them."""
    if not reads_claims(request.user):
        raise PermissionDenied
    user = cast("User", request.user)
    shown = versions_for(user)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    form = _form(request, user)
    status = 200
    if request.method == "POST" and form is not None:
        made = form.is_valid() and _draft(request, form, user)
        if made:
            return made
        status = 400
    context = {"page": page, "form": form, "today": now().astimezone(BEIJING).date()}
    return render(request, "credits/rules/versions.html", context, status=status)


def _form(request: HttpRequest, user: "User") -> BeginDraftForm | None:
    owners, scheme = owners_for(user), can_change_rules_of(user, None)
    if not owners and not scheme:
        if request.method == "POST":
            raise PermissionDenied
        return None
    known = list(versions_for(user).filter(state="published"))
    return BeginDraftForm(request.POST or None, organisations=owners, scheme=scheme, versions=known)


def _draft(request: HttpRequest, form: BeginDraftForm, user: "User") -> HttpResponse | None:
    said = form.cleaned_data
    owner = next((each for each in owners_for(user) if each.code == said["owner"]), None)
    try:
        draft = draft_rules(based_on=rules_by_code(said["based_on"]), organisation=owner, user=user, now=now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Version %(version)s is drafted. Nothing is in force yet.") % {"version": draft.code})
    return redirect("credits:desk-rules-version", draft.uid)
