"""One address for everybody's home screen; the role now on decides which."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates.selectors.certificates import certificates_of
from lms.cohorts.enums import Role
from lms.desks.chrome import Chrome
from lms.desks.selectors.decisions import decisions_waiting
from lms.desks.selectors.staff import cohorts_shown, organisations_shown
from lms.desks.selectors.trainee import trainee_desk
from lms.kernel.clock import now

CERTIFICATES_SHOWN = 3


def _trainee(request: HttpRequest, chrome: Chrome) -> dict[str, Any]:
    shown = trainee_desk(chrome.person_row)
    held = list(certificates_of(request.user)[:CERTIFICATES_SHOWN])
    return {"desk": shown, "certificates": held, "certified": any(each.level == shown.level_code for each in held)}


def _base(request: HttpRequest, chrome: Chrome) -> dict[str, Any]:
    return {
        "waiting": decisions_waiting(request.user),
        "cohorts": cohorts_shown(request.user, request.GET.get("page", 1)),
    }


def _certifier(request: HttpRequest, chrome: Chrome) -> dict[str, Any]:
    return {"waiting": decisions_waiting(request.user)}


def _authority(request: HttpRequest, chrome: Chrome) -> dict[str, Any]:
    return {"organisations": organisations_shown(request.user, request.GET.get("page", 1))}


def _nothing_more(request: HttpRequest, chrome: Chrome) -> dict[str, Any]:
    return {}


Desk = tuple[str, Callable[[HttpRequest, Chrome], dict[str, Any]]]
DESKS: dict[Role, Desk] = {
    Role.TRAINEE: ("desks/trainee.html", _trainee),
    Role.TRAINER: ("desks/base.html", _base),
    Role.MARKER: ("desks/base.html", _base),
    Role.BASE_MANAGER: ("desks/base.html", _base),
    Role.CERTIFIER: ("desks/certifier.html", _certifier),
    Role.VERIFIER: ("desks/verifier.html", _nothing_more),
    Role.AUTHORITY_OFFICER: ("desks/authority.html", _authority),
}
EDITORS_DESK: Desk = ("desks/editor.html", _nothing_more)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The home screen of the visitor in the role now on; editors who wear no other hat find the editor."""
    chrome = Chrome.of(request)
    role = chrome.on.role if chrome.on else Role.TRAINEE
    editing = role == Role.TRAINEE and request.user.is_staff
    template, ask = EDITORS_DESK if editing else DESKS[role]
    return render(request, template, {"today": now(), **ask(request, chrome)})
