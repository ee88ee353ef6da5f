"""The exam that an address means, for those who run it."""

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.exams.models import Exam
from lms.exams.selectors.planning import exams_run_by, stage_of
from lms.kernel.clock import now

if TYPE_CHECKING:
    from lms.accounts.models import User


def signed_in(request: HttpRequest) -> "User":
    """The visitor, known to be signed in."""
    return cast("User", request.user)


def exam_or_404(request: HttpRequest, code: str) -> Exam:
    """An exam of a base that the visitor manages; whoever does not is told that there is nothing."""
    exam = exams_run_by(request.user).filter(code=code).first()
    if exam is None:
        raise Http404
    return exam


def head_of(exam: Exam, here: str) -> dict[str, Any]:
    """What the head of an exam's pages shows: where it stands, and the ways to its other pages."""
    return {"exam": exam, "stage": stage_of(exam, now()), "tabs": _tabs(exam, here)}


def _tabs(exam: Exam, here: str) -> list[dict[str, Any]]:
    named = (
        ("exams:desk-exam", _("Overview")),
        ("exams:desk-plan", pgettext("of an exam", "Plan")),
        ("exams:desk-seats", _("Seats")),
        ("exams:desk-live", pgettext("an exam", "Live")),
        ("exams:desk-results", pgettext("of an exam", "Results")),
        ("exams:desk-cut", _("Pass mark")),
        ("exams:desk-regrades", _("Corrections")),
        ("exams:desk-statistics", _("Statistics")),
    )
    found = [(name, label, _address(name, exam.code)) for name, label in named]
    return [{"label": label, "url": url, "current": name == here} for name, label, url in found if url]


def _address(name: str, code: str) -> str:
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""
