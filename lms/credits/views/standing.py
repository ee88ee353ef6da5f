from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.accounts.selectors.people import person_of
from lms.credits.selectors.standing import standing
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now


@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Where one stands: what counts, until when, the star grade, and what is missing for what comes next."""
    person = person_of(request.user)
    if person is None:
        raise Http404
    stands = standing(person.pk, now().astimezone(BEIJING).date())
    return render(request, "credits/standing.html", {"person": person, "standing": stands})
