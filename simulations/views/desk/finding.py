"""What an address of the desk means, and the ways between its pages."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from simulations.models import Assignment, Attempt
from simulations.policies import decides_somewhere, runs_a_desk
from simulations.selectors.assignments import assignment_run_by
from simulations.selectors.queues import reviewed_attempt

if TYPE_CHECKING:
    from lms.accounts.models import User


def signed_in(request: HttpRequest) -> "User":
    """The visitor, known to be signed in."""
    return cast("User", request.user)


def desk_or_403(request: HttpRequest) -> None:
    """Lists of the desk are for those who train or manage somewhere."""
    if not runs_a_desk(request.user):
        raise PermissionDenied


def deciders_or_403(request: HttpRequest) -> None:
    """Lists of what is to be decided are for managers."""
    if not decides_somewhere(request.user):
        raise PermissionDenied


def assignment_or_404(request: HttpRequest, uid: UUID) -> Assignment:
    """An assignment of a base that the visitor trains at or manages; for others there is nothing."""
    assignment = assignment_run_by(request.user, uid)
    if assignment is None:
        raise Http404
    return assignment


def attempt_or_404(request: HttpRequest, uid: UUID) -> Attempt:
    """An ended attempt that the visitor reviews; one's own, and those of other bases, are not there."""
    attempt = reviewed_attempt(request.user, uid)
    if attempt is None:
        raise Http404
    return attempt


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """The pages of the desk; what only managers decide is shown to managers."""
    named = [
        ("simulations:desk", pgettext("simulations", "Assigned")),
        ("simulations:desk-queue", pgettext("simulations", "Attempts")),
    ]
    if decides_somewhere(request.user):
        named += [
            ("simulations:desk-corrections", pgettext("simulations", "Corrections")),
            ("simulations:desk-appeals", _("Appeals")),
            ("simulations:desk-rescores", _("Rescores")),
        ]
    return [{"label": label, "url": reverse(name), "current": name == here} for name, label in named]
