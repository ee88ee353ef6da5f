"""The versions that addresses name, for those who write rules."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from lms.kernel.refusals import NotAllowed, NotFound, Refusal
from lms.schemes.enums import SchemeState
from lms.schemes.models import SchemeVersion
from lms.schemes.policies import can_write_rules
from lms.schemes.selectors.outlines import drafting_of, versions

if TYPE_CHECKING:
    from lms.accounts.models import User

View = Callable[..., HttpResponse]


def for_writers(view: View) -> View:
    """Only who may write rules gets in; refusals of the verbs become answers."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_write_rules(request.user):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotFound as missing:
            raise Http404(str(missing)) from missing
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    return guarded


def writer(request: HttpRequest) -> "User":
    """The user of a view that only writers reach."""
    return cast("User", request.user)


def version_at(pk: int) -> SchemeVersion:
    """The version under this address."""
    return get_object_or_404(versions(), pk=pk)


def is_draft(version: SchemeVersion) -> bool:
    """Whether the desk may change it: a draft that the desk has made."""
    return version.state == SchemeState.DRAFT and drafting_of(version) is not None


def draft_at(pk: int) -> SchemeVersion:
    """The draft under this address; a published version has no page to change it."""
    version = version_at(pk)
    if not is_draft(version):
        raise Http404
    return version


def revision_in(request: HttpRequest) -> int:
    """The revision of the draft that the page showed; none is older than every revision."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdigit() else -1


def back_to(version_id: int, anchor: str = "") -> HttpResponse:
    """To the page of the version, at the part that was changed."""
    return redirect(f"{reverse('schemes:version', args=[version_id])}{'#' + anchor if anchor else ''}")


def tried(request: HttpRequest, form: Form, act: Callable[[], object]) -> int:
    """Carry out an act of a form: 0 when it is done, or the status of the refusal, which then stands at its field."""
    try:
        act()
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        form.add_error(getattr(refusal, "field", None), str(refusal))
        return refusal.status
    return 0


def done_or_told(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Carry out an act of a single button; a refusal is told at the top of the next page, and the answer is no."""
    try:
        act()
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True
