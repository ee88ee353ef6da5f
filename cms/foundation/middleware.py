"""What the site does to every answer: the editor's security policy, and the language of the API."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers


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


class ApiLanguage:
    """Answers the API in the language that the caller asks for by `Accept-Language`; Chinese without a wish.

    Pages carry their language in the address, so Django's own middleware never looks at the header there;
    the API has one address for both languages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language",))
        return response
