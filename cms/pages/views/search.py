from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.pages.selectors.search import search_public


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What visitors find: lessons, policies, news, help, terms and pages; the whole question stands in the address."""
    found = search_public(
        request,
        asked=request.GET.get("q", ""),
        kind=request.GET.get("kind", ""),
        number=request.GET.get("page", 1),
    )
    kept = {"q": found.query} | ({"kind": found.kind} if found.kind else {})
    return render(request, "pages/search.html", {"search": found, "kept": urlencode(kept)})
