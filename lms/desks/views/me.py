from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.desks.chrome import Chrome


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What the platform keeps about the visitor, and the way to sign-in and its second factor."""
    return render(request, "desks/me.html", {"person": Chrome.of(request).person_row})
