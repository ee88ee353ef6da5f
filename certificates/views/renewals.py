from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from certificates.documents.printed import beijing_day
from certificates.enums import RenewalState
from certificates.models import Certificate
from certificates.policies import can_prepare, works_on_decisions
from certificates.selectors.renewal_list import (
    DUE,
    SHOWS,
    Wanted,
    counts,
    organisations_preparing,
    organisations_renewing,
    renewals_page,
)
from certificates.selectors.renewals import RenewalFile, renewal_visible_to
from certificates.services.renewing import ask_for_renewal, prepare_renewal
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .renewal_line import arches, days_that_bind

if TYPE_CHECKING:
    from lms.accounts.models import User

# The parts of the list, in the order of work.
SHOW_LABELS = {
    "due": gettext_lazy("Ends within a year"),
    "asked": gettext_lazy("Asked for"),
    "prepared": gettext_lazy("With the certifiers"),
    "lapsed": pgettext_lazy("certificates", "Lapsed"),
    "renewed": pgettext_lazy("certificates", "Renewed"),
}
# State → look of its tag, and its icon.
LOOKS = {
    RenewalState.EARLY: ("tag-line", "clock"),
    RenewalState.OPEN: ("tag-info", "redo"),
    RenewalState.GRACE: ("tag-warn", "warn"),
    RenewalState.ENDED: ("tag-err", "x"),
    RenewalState.RENEWED: ("tag-ok", "check"),
    RenewalState.CLOSED: ("tag-line", "stop"),
}


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest, serial: str) -> HttpResponse:
    """The renewal of one certificate: until when, what is there, what is missing; its holder asks for it here."""
    moment = now()
    file = renewal_visible_to(request.user, serial, on=beijing_day(moment))
    if file is None:
        raise Http404
    if request.method != "POST":
        return _show(request, file)
    try:
        ask_for_renewal(certificate=file.certificate, user=_user(request), now=moment)
    except Refusal as refusal:
        return _show(request, file, refusal=refusal)
    messages.success(request, _("Asked for. Your training base looks at it once everything is met."))
    return redirect("certificates:renewal", serial=serial)


def _show(request: HttpRequest, file: RenewalFile, *, refusal: Refusal | None = None) -> HttpResponse:
    certificate = file.certificate
    own = certificate.person.user_id == request.user.pk
    leaves = file.standing.leaves() if file.standing else ()
    context = {
        "file": file,
        "certificate": certificate,
        "look": LOOKS[file.state],
        "days": days_that_bind(file),
        "arches": arches(file),
        "leaves": leaves,
        "met": sum(leaf.met for leaf in leaves),
        "own": own,
        "may_ask": own and file.renewable and not file.asked and not file.decision,
        "may_prepare": not own and can_prepare(request.user, certificate.organisation_id),
        "refusal": refusal,
    }
    return render(request, "certificates/renewal.html", context, status=refusal.status if refusal else 200)


def _wanted(request: HttpRequest) -> Wanted:
    show = request.GET.get("show", DUE)
    return Wanted(
        show=show if show in SHOWS else DUE,
        organisation=request.GET.get("organisation", "")[:20],
        serial=request.GET.get("serial", "")[:28],
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renewals(request: HttpRequest) -> HttpResponse:
    """Certificates of a training base by their last day; a manager prepares the decision about a renewal here."""
    if not works_on_decisions(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _list(request)
    certificate = _named(request)
    if certificate is None:
        raise Http404
    try:
        decision = prepare_renewal(certificate=certificate, prepared_by=_user(request), now=now())
    except Refusal as refusal:
        return _list(request, refusal=refusal)
    messages.success(request, _("The renewal is prepared; its evidence is frozen. A certifier decides."))
    return redirect("certificates:decision", uid=decision.uid)


def _named(request: HttpRequest) -> Certificate | None:
    try:
        uid = UUID(request.POST.get("certificate", ""))
    except ValueError:
        return None
    return Certificate.objects.visible_to(request.user).filter(uid=uid).first()


def _list(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    wanted, on = _wanted(request), beijing_day(now())
    page, files = renewals_page(request.user, wanted, request.GET.get("page", 1), on=on)
    organisations = list(organisations_renewing(request.user).order_by("name", "pk")[:100])
    kept = {"show": wanted.show, "organisation": wanted.organisation, "serial": wanted.serial}
    figures = counts(request.user, on=on)
    context: dict[str, Any] = {
        "page": page,
        "rows": [(file, LOOKS[file.state]) for file in files],
        "wanted": wanted,
        "shows": [(show, label, figures[show]) for show, label in SHOW_LABELS.items()],
        "organisations": organisations,
        "query": urlencode({name: value for name, value in kept.items() if value}),
        "may_prepare": set(organisations_preparing(request.user).values_list("pk", flat=True)),
        "on": on,
        "refusal": refusal,
    }
    return render(request, "certificates/renewals.html", context, status=refusal.status if refusal else 200)
