from datetime import UTC, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from lms.desks.selectors.notices import Asked, by_days, filter_fields, notice_page
from lms.kernel.clock import now
from lms.mailing.enums import NoticeGroup
from lms.mailing.selectors.notices import notices_of
from lms.mailing.selectors.preferences import choices_of
from lms.mailing.selectors.wording import page_of
from lms.mailing.services.notices import mark_all_read, mark_read
from lms.mailing.services.preferences import choose_mails


def _list_as_asked(request: HttpRequest) -> HttpResponse:
    """Back to the list, with the filter and the page that this address carries."""
    page = request.GET.get("page", "")
    query = {**Asked.of(request.GET).query, **({"page": page} if page.isdecimal() else {})}
    return redirect(resolve_url("desks:notices") + (f"?{urlencode(query)}" if query else ""))


def _moment(text: str, latest: datetime) -> datetime:
    """The moment at which the page was drawn, as its form says it; never later than now."""
    try:
        return min(datetime.fromisoformat(text).astimezone(UTC), latest)
    except (ValueError, OverflowError):
        return latest


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first, under the day on which it was."""
    asked = Asked.of(request.GET)
    page = notice_page(request.user, asked, request.GET.get("page", ""))
    back = {**asked.query, **({"page": str(page.number)} if page.number > 1 else {})}
    context = {
        "page": page,
        "days": by_days(page.object_list, urlencode(back)),
        "fields": filter_fields(asked),
        "query": urlencode(asked.query),
        "drawn_at": now().isoformat(),
    }
    return render(request, "desks/notices.html", context)


@login_required
@require_GET
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go where a notice leads, and tick it off."""
    found = get_object_or_404(notices_of(request.user), pk=notice_id)
    mark_read(user=request.user, notice=found, now=now())
    return redirect(page_of(found))


@login_required
@require_POST
def mark_one(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Tick one off without going there; a second click finds it ticked off."""
    found = get_object_or_404(notices_of(request.user), pk=notice_id)
    mark_read(user=request.user, notice=found, now=now())
    return _list_as_asked(request)


@login_required
@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """Tick off everything that was there when the page was drawn."""
    moment = now()
    mark_all_read(user=request.user, until=_moment(request.POST.get("drawn_at", ""), moment), now=moment)
    return _list_as_asked(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Choose of which groups mails come too."""
    if request.method == "POST":
        choose_mails(user=request.user, groups=request.POST.getlist("mail"), now=now())
        messages.success(request, _("Your choice about mails is kept."))
        return redirect("desks:notice-settings")
    choices = [(NoticeGroup(group), chosen) for group, chosen in choices_of(request.user).items()]
    return render(request, "desks/notice_settings.html", {"choices": choices})
