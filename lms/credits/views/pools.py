"""One's own reward calculations: the list, a new one, one that is kept, its printed sheet, and the rules on record."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.documents.pool_sheet import pool_sheet
from lms.credits.engine.pools.record import from_record
from lms.credits.forms.pools import PoolForms, empty, filled
from lms.credits.models import RewardPool
from lms.credits.selectors.pool_claims import claims_to_take, taken_from
from lms.credits.selectors.pool_results import told
from lms.credits.selectors.pool_rules import rules_told
from lms.credits.selectors.pools import pool_of, pools_of
from lms.credits.services.pools import change_pool, discard_pool, keep_pool
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

PER_PAGE = 20


def _today() -> date:
    return now().astimezone(BEIJING).date()


def _mine(request: HttpRequest, uid: UUID) -> RewardPool:
    found = pool_of(request.user, uid)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every calculation that is kept."""
    page = Paginator(pools_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "credits/pools/list.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a calculation, see what comes out, keep it."""
    if request.method != "POST":
        return _begin(request)
    forms = PoolForms(request.POST, today=_today(), initial=empty(_today()))
    if not forms.is_valid():
        return _page(request, forms, status=400)
    if "keep" not in request.POST:
        return _page(request, forms)
    try:
        said = {"title": forms.deal_form.cleaned_data["title"], "deal": forms.deal_form.deal, "plans": forms.plans}
        pool = keep_pool(owner=cast("User", request.user), now=now(), **said)
    except Refusal as refusal:
        forms.deal_form.add_error(None, str(refusal))
        return _page(request, forms, status=refusal.status)
    messages.success(request, _("Kept. Only you see it."))
    return redirect("credits:reward", uid=pool.uid)


def _begin(request: HttpRequest) -> HttpResponse:
    """An empty page, or one that begins with the people of a confirmed claim."""
    taken = taken_from(request.user, request.GET["claim"]) if request.GET.get("claim") else None
    shown = PoolForms(None, today=_today(), initial=empty(_today(), taken))
    return _page(request, shown, claims=claims_to_take(request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A kept calculation: change it, print it, throw it away."""
    pool = _mine(request, uid)
    if "discard" in request.POST:
        discard_pool(pool=pool)
        messages.success(request, _("The calculation is gone."))
        return redirect("credits:rewards")
    initial = filled(pool.title, pool.revision, *from_record(pool.data))
    if request.method != "POST":
        deal, plans = from_record(pool.data)
        shown = PoolForms(None, today=_today(), initial=initial)
        return _page(request, shown, pool=pool, scenarios=told(deal, plans), as_kept=True)
    forms = PoolForms(request.POST, today=_today(), initial=initial)
    if not forms.is_valid():
        return _page(request, forms, pool=pool, status=400)
    return _change(request, pool, forms) if "keep" in request.POST else _page(request, forms, pool=pool)


def _change(request: HttpRequest, pool: RewardPool, forms: PoolForms) -> HttpResponse:
    said = forms.deal_form.cleaned_data
    try:
        change_pool(
            pool=pool,
            title=said["title"],
            deal=forms.deal_form.deal,
            plans=forms.plans,
            revision=-1 if said["revision"] is None else said["revision"],
            now=now(),
        )
    except Refusal as refusal:
        forms.deal_form.add_error(None, str(refusal))
        return _page(request, forms, pool=pool, status=refusal.status)
    messages.success(request, _("Kept. Only you see it."))
    return redirect("credits:reward", uid=pool.uid)


def _page(request: HttpRequest, forms: PoolForms, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page, with what comes out where everything that was entered can be worked with."""
    if "scenarios" not in context and forms.deal_form.is_bound and status == 200:
        context["scenarios"] = told(forms.deal_form.deal, forms.plans)
    return render(request, "credits/pools/one.html", {"forms": forms, **context}, status=status)


@login_required
@require_safe
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A kept calculation as a PDF in the language of the page."""
    pool = _mine(request, uid)
    answer = HttpResponse(pool_sheet(pool=pool, printed_on=_today()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="reward-{pool.uid}.pdf"'
    return answer


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule about rewards that is on record, and how it is known."""
    return render(request, "credits/pools/rules.html", {"places": rules_told()})
