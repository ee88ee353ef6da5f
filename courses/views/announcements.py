"""Telling those who study a course something: written, looked at with the number of people, then told."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses import policies
from courses.forms.announcements import AnnouncementForm
from courses.selectors.announcements import audiences_of, told_by, told_to
from courses.services.announcing import send_announcement
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

PAGE = 20


@login_required
@require_http_methods(["GET", "POST"])
def announcements(request: HttpRequest) -> HttpResponse:
    """What the base has announced, and a form for the next; nothing is told before it was looked at."""
    if not policies.can_teach(request.user):
        raise PermissionDenied
    form = AnnouncementForm(request.POST or None, audiences=audiences_of(request.user))
    step = request.POST.get("step", "")
    if form.is_valid():
        if step == "send" and _send(request, form):
            return redirect("courses:announcements")
        if step == "preview":
            return render(request, "courses/announcement_preview.html", {"form": form, "whom": form.whom})
    page = Paginator(told_by(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "courses/announcements.html", context, status=400 if form.errors else 200)


def _send(request: HttpRequest, form: AnnouncementForm) -> bool:
    words = {name: form.cleaned_data[name] for name in ("uid", "title", "text")}
    try:
        send_announcement(audience=form.whom, user=cast("User", request.user), now=now(), **words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The announcement is told."))
    return True


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What one is told as somebody who studies."""
    page = Paginator(told_to(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/my_announcements.html", {"page": page})
