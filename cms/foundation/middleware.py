"""What the site does to every answer: the editor's policy, the language of the API, moved and kept pages."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from cms.foundation.services.visitors import keep_answer, kept_answer, key_of


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


class UploadCeiling:
    """Refuses what says of itself that it is larger than `UPLOAD_CEILING`, before a byte of it is read.

    A body of unknown length is none to Django; how large each kind of file may be, its form says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > settings.UPLOAD_CEILING:
            raise RequestDataTooBig
        return self.get_response(request)


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


class Redirects(RedirectMiddleware):
    """Knows a moved page under both of its addresses; core only the one that was current when it was moved.

    A page lives once and answers under `/…` and `/en/…`, so a redirect kept for one of them holds for the other;
    the way on is in the language that was asked for.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if "\0" in request.path:  # no page was ever there, and PostgreSQL takes no such question
            return response
        answer = super().process_response(request, response)
        if answer.status_code != HTTPStatus.NOT_FOUND:
            return answer
        path = Redirect.normalise_path(request.path, decode_unicode=False)
        twin = path.removeprefix("/en") if path.startswith("/en/") else f"/en{path}"
        kept = get_redirect(request, twin)
        if kept is None or kept.link is None:
            return answer
        return HttpResponsePermanentRedirect(kept.link) if kept.is_permanent else HttpResponseRedirect(kept.link)


class VisitorPages:
    """Answers visitors who have not signed in from the pages kept for them (cms.foundation.services.visitors).

    It stands outside everything that costs a query, and outside compression, so that a page is compressed once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        response = kept_answer(key)
        if response is None:
            response = self.get_response(request)
            keep_answer(key, request, response)
        if not response.has_header("ETag"):
            return response
        return get_conditional_response(request, etag=response["ETag"], response=response) or response
