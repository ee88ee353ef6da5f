"""Whole pages kept for visitors: what is the same for everybody is made once a minute, not once a visit.

Pages of the tree are kept, and views that say so with `same_for_visitors`: for a visitor without a session, an
address without a query, and an answer that sets no cookie and does not call itself private. Every kept page
belongs to an edition; `drop_pages` begins the next edition, after the commit, so that nobody is shown what was
published over. An answer that was being made meanwhile lands in the edition in which its making began, where
nobody looks any more.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip

# Bounds how old a figure of another room (places in a cohort, courses of a base) may be on a public page.
KEPT_SECONDS = 60
EDITION = "visitors:edition"
MARK = "same_for_visitors"
# What an answer says of itself that is for one reader only.
OWN = ("private", "no-store")
TREE = "wagtail_serve"


def _kept() -> BaseCache:
    return caches["visitors"]


def same_for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say of a view that every visitor who has not signed in gets the same answer."""

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        setattr(response, MARK, True)
        return response

    return marked


def key_of(request: HttpRequest) -> str | None:
    """Where the answer to `request` is kept in the edition of now; None if it must be made for this visit."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    if request.method != "GET" or known or request.META.get("QUERY_STRING"):
        return None
    asked = (
        request.scheme,
        request.get_host(),
        request.path,
        request.COOKIES.get("size") == "large",
        bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))),
    )
    return f"visitors:{_edition()}:{blake2b(repr(asked).encode(), digest_size=16).hexdigest()}"


def kept_answer(key: str) -> HttpResponse | None:
    """The kept answer, if there is one."""
    found = _kept().get(key)
    if found is None:
        return None
    content, headers = found
    return HttpResponse(content, headers=headers)


def keep_answer(key: str, request: HttpRequest, response: HttpResponse) -> None:
    """Keep an answer that is the same for every visitor; any other is left alone."""
    match = request.resolver_match
    alike = getattr(response, MARK, False) or (match is not None and match.view_name == TREE)
    own = response.cookies or any(word in response.get("Cache-Control", "") for word in OWN)
    if not alike or own or response.status_code != 200 or response.streaming:
        return
    response["ETag"] = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    # Browsers may keep a copy and must ask each time; the answer is then 304 and a few bytes.
    response["Cache-Control"] = "no-cache"
    _kept().set(key, (response.content, dict(response.items())), KEPT_SECONDS)


def drop_pages() -> None:
    """Begin the next edition once what was changed is committed."""
    transaction.on_commit(lambda: _kept().set(EDITION, secrets.token_hex(8), None))


def _edition() -> str:
    return str(_kept().get_or_set(EDITION, lambda: secrets.token_hex(8), None))
