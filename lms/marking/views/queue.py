"""The way in: rounds in which one marks, and those that one leads."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel.clock import now
from lms.marking.policies import can_enter
from lms.marking.selectors.queue import own_rounds, own_scripts
from lms.marking.selectors.rounds import progress_of, rounds_led_by

PER_PAGE = 30


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, and how the rounds stand that they lead."""
    if not can_enter(request.user):
        raise PermissionDenied
    own = own_rounds(request.user)
    led = Paginator(rounds_led_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(*led.object_list) if led.object_list else {}
    context = {
        "own": own,
        "led": led,
        "rows": [(each, progress[each.pk]) for each in led.object_list],
        "now": now(),
    }
    return render(request, "marking/home.html", context)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every script that the reader was given in open rounds, to look at again what they marked."""
    if not can_enter(request.user):
        raise PermissionDenied
    page = Paginator(own_scripts(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "marking/mine.html", {"page": page})
