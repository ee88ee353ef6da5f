from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.selectors.catalogue import LEVEL_LABELS
from lms.desks.chrome import Chrome
from lms.desks.enums import RuleState
from lms.desks.selectors.level_map import level_map
from lms.kernel.clock import now
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import NotFound

STATES = (
    (RuleState.DONE, _("Everything that this requirement asks for is there.")),
    (RuleState.DOING, _("Something of it is there, and something is missing.")),
    (RuleState.BLOCKED, _("Another requirement comes first.")),
    (RuleState.NOT_STARTED, _("Nothing of it is there yet; you can begin.")),
)


@login_required
@require_safe
def level(request: HttpRequest, code: str) -> HttpResponse:
    """The requirement map of a level, as the visitor stands before it."""
    if code not in tuple(LevelCode):
        raise Http404
    try:
        shown = level_map(Chrome.of(request).person_row, LevelCode(code), now())
    except NotFound:  # there are no rules in force yet
        shown = None
    context = {"map": shown, "code": code, "levels": LEVEL_LABELS.items(), "states": STATES}
    return render(request, "desks/level.html", context)
