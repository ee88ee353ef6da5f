from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

SIZES = ("normal", "large")
ONE_YEAR = 60 * 60 * 24 * 365


@csrf_exempt  # sets nothing but a size of letters, so that public pages need no token and stay cacheable
@require_http_methods(["GET", "HEAD", "POST"])
def large_print(request: HttpRequest) -> HttpResponse:
    """Keep the wish for large print (大字版) in a cookie and come back to the same place; a GET shows the choice."""
    if request.method != "POST":
        return render(request, "pages/large_print.html")
    size = request.POST.get("size", "")
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else resolve_url("wagtail_serve", ""))
    if size in SIZES:
        response.set_cookie("size", size, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response
