"""One address for everybody's home screen; the role now on decides which."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import TRAINEE_HAT
from lms.credits.selectors.queue import claims_waiting
from lms.desks.chrome import Chrome
from lms.desks.navigation import APPLICATIONS, CLAIMS, DECISIONS, EDITOR, MARKING
from lms.desks.selectors.authority import authority_desk
from lms.desks.selectors.changes import changes_for
from lms.desks.selectors.decisions import decisions_waiting
from lms.desks.selectors.manager import manager_desk
from lms.desks.selectors.marker import marker_desk, waiting_in
from lms.desks.selectors.operating import staff_desk
from lms.desks.selectors.trainee import trainee_desk
from lms.desks.selectors.trainer import trainer_desk
from lms.desks.selectors.verifier import verifier_desk
from lms.kernel.clock import now
from lms.schemes.policies import can_write_rules

Context = dict[str, Any]


def _trainee(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    return {"changes": changes_for(request.user), "desk": trainee_desk(chrome.person_row, at)}


def _trainer(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    return {
        "changes": changes_for(request.user),
        "desk": trainer_desk(request.user, chrome.on or TRAINEE_HAT, request.GET.get("page", 1), at),
    }


def _manager(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    told = manager_desk(request.user, chrome.on or TRAINEE_HAT, request.GET.get("page", 1), at)
    chrome.must_act(DECISIONS.name, told.ready.count, more=told.ready.more)
    chrome.must_act(APPLICATIONS.name, told.applications)
    chrome.must_act(CLAIMS.name, claims_waiting(request.user))
    return {"changes": changes_for(request.user), "desk": told}


def _marker(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    told = marker_desk(request.user, chrome.on or TRAINEE_HAT, at)
    chrome.must_act(MARKING.name, waiting_in(told.rounds))
    return {"changes": changes_for(request.user), "desk": told}


def _certifier(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    waiting = decisions_waiting(request.user)
    chrome.must_act(DECISIONS.name, waiting.count, more=waiting.many)
    chrome.must_act(CLAIMS.name, claims_waiting(request.user))
    return {"changes": changes_for(request.user), "waiting": waiting}


def _verifier(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    chrome.must_act(CLAIMS.name, claims_waiting(request.user))
    return {"changes": changes_for(request.user), "desk": verifier_desk(at)}


def _authority(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    return {
        "changes": changes_for(request.user),
        "desk": authority_desk(request.user, chrome.on or TRAINEE_HAT, request.GET.get("page", 1), at),
    }


def _staff(request: HttpRequest, chrome: Chrome, at: datetime) -> Context:
    told = staff_desk(request.user, at)
    chrome.must_act(EDITOR.name, told.to_review)
    return {"desk": told, "writes_rules": can_write_rules(request.user)}


Desk = tuple[str, Callable[[HttpRequest, Chrome, datetime], Context]]
DESKS: dict[Role, Desk] = {
    Role.TRAINEE: ("desks/trainee.html", _trainee),
    Role.TRAINER: ("desks/trainer.html", _trainer),
    Role.MARKER: ("desks/marker.html", _marker),
    Role.BASE_MANAGER: ("desks/manager.html", _manager),
    Role.CERTIFIER: ("desks/certifier.html", _certifier),
    Role.VERIFIER: ("desks/verifier.html", _verifier),
    Role.AUTHORITY_OFFICER: ("desks/authority.html", _authority),
}
STAFF_DESK: Desk = ("desks/staff.html", _staff)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The home screen of the visitor in the role now on; staff of the platform who wear no other hat have theirs."""
    chrome, at = Chrome.of(request), now()
    role = chrome.on.role if chrome.on else Role.TRAINEE
    template, ask = STAFF_DESK if role == Role.TRAINEE and request.user.is_staff else DESKS[role]
    return render(request, template, {"today": at, **ask(request, chrome, at)})
