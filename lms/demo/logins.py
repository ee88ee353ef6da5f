"""`bench_logins`: people who are signed in already, for load scripts that have no time for passwords."""

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest
from django.middleware.csrf import get_token

from lms.accounts.selectors.users import users_by_mail_prefix
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_holding
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed, Refusal

from .crowd import CROWD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lms.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class NobodySignsInForOthers(NotAllowed):
    """Outside a demonstration a session begins with its owner's password."""

    code = "logins-outside-demonstration"
    message = "Sessions for load tests are made in demonstrations only."


class TooFewPeople(Refusal):
    """A load script that asked for 100 must not measure 7."""

    code = "too-few-people"
    message = "%(found)s people hold the role %(role)s, not %(count)s. Add some with seed_bench."


def bench_logins(*, role: Role, count: int, now: datetime) -> dict[str, dict[str, str]]:
    """Sign the first `count` people of the role in: their address with the session's cookie and the CSRF token."""
    if not is_demo():
        raise NobodySignsInForOthers
    found = list(islice(_people(role, now), count))
    if len(found) < count:
        raise TooFewPeople(found=len(found), role=role, count=count)
    return {user.email: _sign_in(user) for user in found}


def _people(role: Role, now: datetime) -> "Iterator[User]":
    if role == Role.TRAINEE:
        return users_by_mail_prefix(CROWD).iterator(chunk_size=1_000)
    return iter(users_holding(role, at=now))


def _sign_in(user: "User") -> dict[str, str]:
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=BACKEND)
    request.session.save()
    get_token(request)
    return {
        "cookie": f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}",
        "csrf": request.META["CSRF_COOKIE"],
    }
