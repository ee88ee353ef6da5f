"""What search engines may read, and where the list of it is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.foundation.services.visitors import same_for_visitors
from cms.pages.selectors.sitemap import addresses

# Desks, sign-in, machines and endless filters: nothing there is of use to a search.
CLOSED = ("/cms-admin/", "/accounts/", "/desk/", "/me/", "/api/", "/search/", "/large-print/")


@require_safe
@same_for_visitors
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages."""
    return render(request, "pages/sitemap.xml", {"addresses": addresses(request)}, content_type="application/xml")


@require_safe
@same_for_visitors
def robots(request: HttpRequest) -> HttpResponse:
    """The same rules for everybody who reads by machine."""
    closed = [path for place in CLOSED for path in (place, f"/en{place}")]
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines = [*rules, "", f"Sitemap: {settings.JIQIAO_BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
