from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.exams.forms import CHECK, PageForm
from lms.exams.models import Attempt
from lms.exams.selectors.room import RoomView, room_view
from lms.exams.selectors.sittings import own_attempt
from lms.exams.services import attempts
from lms.exams.services.pages import as_sent, save_page
from lms.exams.services.steps import AlreadyHandedIn, AttemptIsVoid, BadStep, TimeIsUp
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal


def attempt_of(request: HttpRequest, uid: UUID) -> Attempt:
    """The visitor's own attempt; once its time has run out it is handed in, whoever looks."""
    attempt = own_attempt(request.user, uid)
    if attempt is None:
        raise Http404
    if attempt.is_open and now() > attempt.accepts_until:
        attempts.submit(attempt=attempt, now=now())
        attempt.refresh_from_db()
    return attempt


def _slot(text: str, room: RoomView) -> int:
    """A question's number from an address or a form; whatever else stands there is the first open one."""
    slots = [question.slot for question in room.questions]
    if text.isascii() and text.isdigit() and int(text[:4]) in slots:
        return int(text[:4])
    return next(iter(room.open_slots), slots[0])


def _refused(attempt: Attempt, form: PageForm) -> RoomView:
    """The desk as the refused form would have left it."""
    room, slot = room_view(attempt), form.cleaned_data["slot"]
    item = next((item for item in attempt.seat.paper.items if item["slot"] == slot), None)
    return room.holding(slot, as_sent(item, form.fields_sent()), form.flagged()) if item else room


def _show(
    request: HttpRequest, attempt: Attempt, *, refusal: Refusal | None = None, form: PageForm | None = None
) -> HttpResponse:
    room = _refused(attempt, form) if form else room_view(attempt)
    asked = form.cleaned_data["slot"] if form else request.GET.get("q", "")
    context = {
        "attempt": attempt,
        "exam": attempt.seat.exam,
        "room": room,
        "current": _slot(str(asked), room),
        "now": now(),
        "refusal": refusal,
    }
    return render(request, "exams/room.html", context, status=refusal.status if refusal else 200)


def _save(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    form = PageForm(request.POST)
    if not form.is_valid():
        return _show(request, attempt, refusal=BadStep())
    given = form.cleaned_data
    try:
        save_page(
            attempt=attempt,
            client_seq=given["client_seq"],
            slot=given["slot"],
            fields=form.fields_sent(),
            flagged=form.flagged(),
            now=now(),
            actor=f"user:{request.user.pk}",
        )
    except (TimeIsUp, AlreadyHandedIn, AttemptIsVoid):
        return redirect("exams:result", attempt.uid)
    except Refusal as refusal:
        return _show(request, attempt, refusal=refusal, form=form)
    if given["go"] == CHECK:
        return redirect("exams:submit", attempt.uid)
    return redirect(f"{reverse('exams:room', args=[attempt.uid])}?q={given['go'] or given['slot']}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The exam room. A post saves one question as a plain form; scripts save through the API."""
    attempt = attempt_of(request, uid)
    if not attempt.is_open:
        return redirect("exams:result", attempt.uid)
    return _save(request, attempt) if request.method == "POST" else _show(request, attempt)
