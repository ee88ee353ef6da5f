from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lms.desks.chrome import Chrome
from lms.desks.selectors.search import search_desk


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the role now on may see, by words; a whole serial leads straight to its certificate."""
    found = search_desk(request, hat=Chrome.of(request).on, asked=request.GET.get("q", ""))
    if found.certificate_url:
        return redirect(found.certificate_url)
    return render(request, "desks/search.html", {"search": found})
