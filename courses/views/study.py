"""The learner's own pages."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from courses import policies
from courses.models import Enrolment
from courses.selectors.lessons import lesson_view
from courses.selectors.margins import with_margin
from courses.selectors.progress import item_standings, next_item, title_of

# How fast a recording can be played: never faster than it is credited, docs/reference/study-time.md.
SPEEDS = ("0.75", "1", "1.25", "1.5")


def _own(request: HttpRequest, uid: uuid.UUID, item_uid: str) -> Enrolment | None:
    """One's own enrolment, which is what nearly everybody asks for, by a plainer question than who may see whose."""
    if not request.user.is_authenticated:
        return None
    own = Enrolment.objects.filter(uid=uid, person__user=request.user).with_outline().select_related("person")
    return with_margin(own, item_uid, request.user).first()


def _enrolment(request: HttpRequest, uid: uuid.UUID, item_uid: str = "") -> Enrolment:
    visible = Enrolment.objects.visible_to(request.user).with_outline().select_related("person")
    return get_object_or_404(with_margin(visible, item_uid, request.user) if item_uid else visible, uid=uid)


@login_required
@require_GET
@ensure_csrf_cookie
def lesson(request: HttpRequest, enrolment: uuid.UUID, item_uid: str) -> HttpResponse:
    """A lesson of the version that the person is enrolled in; others of the base may look, and nothing counts."""
    found = _own(request, enrolment, item_uid) or _enrolment(request, enrolment, item_uid)
    view = lesson_view(found, item_uid)
    if view is None:
        raise Http404(_("There is no such lesson in this version of the course."))
    return render(
        request,
        "courses/lesson.html",
        {"lesson": view, "may_study": policies.can_study(request.user, found), "speeds": SPEEDS},
    )


@login_required
@require_GET
def continue_course(request: HttpRequest, enrolment: uuid.UUID) -> HttpResponse:
    """On to the next thing to study; when all is complete, what has been reached."""
    found = _enrolment(request, enrolment)
    item = next_item(found)
    if item is not None:
        return redirect("courses:lesson", enrolment=found.uid, item_uid=item.uid)
    return render(
        request,
        "courses/complete.html",
        {"enrolment": found, "title": title_of(found), "standings": item_standings(found)},
    )
