"""The platform's addresses, and one page that needs no more than to know who has signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms import urls


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.pk}")


urlpatterns = [path("bare/", bare), *urls.urlpatterns]
handler404 = getattr(urls, "handler404", "django.views.defaults.page_not_found")
