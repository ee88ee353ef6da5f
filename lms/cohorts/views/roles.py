from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from lms.cohorts.selectors.roles import hat_on, hats_of
from lms.cohorts.services.roles import HatNotHeld, switch_role

from .finding import signed_in


def _way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if asked and safe else resolve_url(settings.LOGIN_REDIRECT_URL)


@login_required
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose the role in which to look at the platform; the switch in the head posts here."""
    refusal = ""
    if request.method == "POST":
        try:
            switch_role(user=signed_in(request), session=request.session, key=request.POST.get("hat", ""))
        except HatNotHeld as error:
            refusal = str(error)
        else:
            return redirect(_way_back(request))
    hats = hats_of(request.user)
    context = {"hats": hats, "on": hat_on(hats, request.session), "refusal": refusal}
    return render(request, "cohorts/roles.html", context, status=HatNotHeld.status if refusal else 200)
