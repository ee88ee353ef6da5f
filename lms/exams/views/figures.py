from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lms.exams.enums import ReviewPhase
from lms.exams.models import Attempt
from lms.exams.selectors.phases import phase_of, reaches
from lms.exams.selectors.pictures import figure_in_attempt
from lms.exams.selectors.sittings import own_attempt
from lms.exams.services.figures import read_figure
from lms.kernel.clock import now


@cache_control(private=True, max_age=3600, immutable=True)
@require_safe
@login_required
def in_attempt(request: HttpRequest, uid: UUID, figure_uid: UUID) -> HttpResponse:
    """A picture of a question that lies in the visitor's own paper."""
    attempt = own_attempt(request.user, uid)
    figure = figure_in_attempt(attempt, figure_uid) if attempt and _shows_questions(attempt) else None
    if figure is None:
        raise Http404
    return HttpResponse(read_figure(figure), content_type=figure.media_type)


def _shows_questions(attempt: Attempt) -> bool:
    """A paper is read while it is answered, and again when one's own answers are shown."""
    return attempt.is_open or reaches(phase_of(attempt, now()), ReviewPhase.ANSWERS)
