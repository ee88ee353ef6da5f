"""The editor's screens get a content security policy of their own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class EditorContentSecurityPolicy:
    """Sets `ADMIN_CONTENT_SECURITY_POLICY` on everything under the editor's address.

    It stands before the strict policy's middleware, so that a preview, which carries the strict one
    inside, may be framed by the editor too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response["Content-Security-Policy"] = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
