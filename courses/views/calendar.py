"""One's calendar by months, and the feed that takes it along."""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.selectors.calendar import calendar_of, days_in, next_month_in
from courses.selectors.feeds import feed_at, feed_of
from courses.selectors.offerings import day_of
from courses.services.calendars import as_ical, close_feed, open_feed, renew_feed
from lms.accounts.selectors.people import person_of
from lms.kernel.clock import now

if TYPE_CHECKING:
    from lms.accounts.models import Person

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MONTHS = 12


def _person(request: HttpRequest) -> "Person":
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied
    return person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """A month of what binds the reader by date, and how to take it along."""
    person = _person(request)
    if request.method == "POST":
        return _change_feed(request, person)
    today = day_of(now())
    asked = MONTH.fullmatch(request.GET.get("month", ""))
    month = date(int(asked[1]), int(asked[2]), 1) if asked else today.replace(day=1)
    entries, feed = calendar_of(person.pk), feed_of(person)
    path = reverse("calendar-feed", args=[feed.key]) if feed else ""
    context = {
        "today": today,
        "month": month,
        "before": _shifted(month, -1),
        "after": _shifted(month, 1),
        "next_month": next_month_in(entries, max(today, month)),
        "days": days_in(entries, month.year, month.month),
        "feed": feed,
        "address": settings.JIQIAO_BASE_URL + path if feed else "",
        "subscription": "webcal://" + (settings.JIQIAO_BASE_URL + path).split("://", 1)[1] if feed else "",
    }
    return render(request, "courses/calendar.html", context)


def _shifted(month: date, by: int) -> date:
    at = month.year * MONTHS + month.month - 1 + by
    return date(at // MONTHS, at % MONTHS + 1, 1)


def _change_feed(request: HttpRequest, person: "Person") -> HttpResponse:
    match request.POST.get("feed"):
        case "open":
            open_feed(person=person, now=now())
        case "renew":
            renew_feed(person=person, now=now())
            messages.success(request, _("The address is new. Enter it in your calendar program; the old one is dead."))
        case "close":
            close_feed(person=person)
            messages.success(request, _("The address is dead. Your calendar is read here only."))
        case _:
            return HttpResponseBadRequest()
    return redirect(reverse("courses:my-calendar") + "#along")


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar of whoever made this key, for their calendar program; no sign-in, no name."""
    found = feed_at(key)
    if found is None or found.person.user is None:
        raise Http404
    with translation.override(found.person.user.language or settings.LANGUAGE_CODE):
        written = as_ical(calendar_of(found.person_id), now=now())
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="jiqiao.ics"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response
