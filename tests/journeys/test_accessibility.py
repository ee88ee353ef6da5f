"""Axe on every page of the URL table, on a phone and at a desk, by day and by night: no rule and no page is left out.

The editor's interface under /cms-admin/ is Wagtail's own markup and tested by Wagtail; it is no part of our table.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve
from playwright.sync_api import Browser, Route
from wagtail.models import Page

from cms.pages.services.loading import load_site
from cms.pages.views import errors
from lms.accounts.models import User
from lms.schemes.services.loading import load_scheme
from tests.architecture.test_matrix import ROWS, filled_world
from tests.audit import Auditor, all_complaints, auditor
from tests.chromium import chromium
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.matrix.rows import Row
from tests.matrix.world import ROLES, World

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLASSES = re.compile(r'\sclass="([^"]*)"')


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def looking(browser: Browser, live_server) -> Iterator[Auditor]:
    with auditor(browser, live_server.url) as opened:
        yield opened


def _client(user: User | None) -> Client:
    """Somebody who has just given their password."""
    client = Client()
    if user is not None:
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": user.email}]
        session.save()
    return client


DESK = "desks:desk"


def _is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def _shape(response: HttpResponse) -> frozenset[str]:
    """Which classes a page is made of; people whose pages have the same ones see the same page."""
    return frozenset(CLASSES.findall(response.text))


def _matter(response: HttpResponse) -> frozenset[str]:
    """The same without what stands around the matter of a page: each role's own is on its desk."""
    return frozenset(CLASSES.findall(response.text.partition("<main")[2]))


def _faces(row: Row, world: World, clients: dict[str, Client], known: set[str]) -> Iterator[str]:
    """The first role that sees this address, and those to whom it shows what no page before has shown anybody.

    The desk is one for everybody. `known` gathers the classes that were seen so far.
    """
    first = True
    for role in ROLES:
        if row.own[role] != 200:
            continue
        response = clients[role].get(row.url(world.own))
        if not _is_page(response):
            return
        shape = _matter(response)
        if first or row.name == DESK or not shape <= known:
            first = False
            known |= shape
            yield role


def test_every_address_of_the_matrix_is_accessible_to_whoever_may_see_it(looking: Auditor, clock) -> None:
    world = filled_world()
    clients = {role: _client(user) for role, user in world.users.items()}
    rows = [row for row in ROWS if row.method == "get" and not row.name.startswith("api:")]
    known: set[str] = set()
    views = [(role, row.url(world.own)) for row in rows for role in _faces(row, world, clients, known)]
    found = []
    for role in ROLES:
        looking.be(clients[role])
        found += [f"{role}: {each}" for each in all_complaints(looking, [path for who, path in views if who == role])]

    assert not found, "\n".join(found)
    assert len(looking.looked_at) == len(views) > len(rows) / 2


def _telling(pages: list[tuple[type[Page], str]]) -> Iterator[str]:
    """Of each model, the pages with anything on them that those before do not have; the others differ in words."""
    seen: dict[type[Page], set[str]] = {}
    for model, path in pages:
        shape, known = _shape(Client().get(path)), seen.get(model)
        if known is None or not shape <= known:
            seen[model] = set(shape | (known or set()))
            yield path


def test_every_public_page_is_accessible_in_both_languages(looking: Auditor, now) -> None:
    load_scheme("ttm-2026-1", now=now)
    load_site(now=now)
    pages = [(page.specific_class, page.url) for page in Page.objects.live().filter(depth__gt=1)]
    in_english = [(model, f"/en{path}") for model, path in pages]
    telling = [*_telling(pages), *_telling(in_english)]
    # Of the others only the width is asked, and in English, whose words are the longer ones.
    others = [path for _model, path in in_english if path not in telling]

    found = all_complaints(looking, telling)
    found += [each for path in others for each in looking.sticking_out(path)]
    assert not found, "\n".join(found)
    assert sorted(looking.looked_at) == sorted([*telling, *others])
    assert len(telling) >= 2 * len({model for model, _path in pages})


ENTRANCE = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/not-a-key/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-not-a-key/",
    "/accounts/password/reset/key/done/",
)
INSIDE = (
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
)
GUARDED = (
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
)
UNSET = ("/accounts/password/set/",)
HALF_WAY = ("/accounts/2fa/authenticate/",)
# No page of ours: a file, and a step that only opens while somebody signs in with a mailed code, which is off.
PAGELESS = {"mfa_download_recovery_codes", "account_confirm_login_code"}


def _person(**more: object) -> User:
    user: User = PersonFactory(user__password=PASSWORD, **more).user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _guarded() -> User:
    user = _person()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def _half_way(user: User) -> Client:
    """The password was right; the second factor is asked for."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def _new_password(user: User) -> tuple[Client, str]:
    """The letter's link was opened; a new password is asked for."""
    client = Client()
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return client, client.get(f"/accounts/password/reset/key/{key}/")["Location"]


def test_every_page_of_signing_in_is_accessible(looking: Auditor) -> None:
    user, guarded, unset = _person(), _guarded(), _person()
    unset.set_unusable_password()
    unset.save()
    mended, new_password = _new_password(_person())
    found = all_complaints(looking, ENTRANCE)
    for client, paths in (
        (_client(user), INSIDE),
        (_client(guarded), GUARDED),
        (_client(unset), UNSET),
        (_half_way(guarded), HALF_WAY),
        (mended, [new_password]),
    ):
        looking.be(client)
        found += all_complaints(looking, paths)

    assert not found, "\n".join(found)
    assert _accounts() - {resolve(path).url_name for path in looking.looked_at} == PAGELESS


def _accounts() -> set[str]:
    """Names of all addresses under /accounts/."""
    accounts = next(
        pattern
        for group in get_resolver().url_patterns
        for pattern in getattr(group, "url_patterns", [])
        if str(pattern.pattern) == "accounts/"
    )
    return {name for name in accounts.reverse_dict if isinstance(name, str)}


def _answering(response: HttpResponse) -> Callable[[Route], None]:
    """The browser gets this answer whatever the server would say."""

    def answer(route: Route) -> None:
        route.fulfill(status=response.status_code, body=response.content, content_type="text/html; charset=utf-8")

    return answer


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_error_pages_are_accessible(looking: Auditor, prefix: str) -> None:
    request = RequestFactory().get(f"{prefix}/")
    bodies = {
        400: errors.bad_request(request, ValueError()),
        403: errors.forbidden(request, PermissionError()),
        500: errors.fault(request),
    }
    for status, response in bodies.items():
        looking.page.route(f"**/shown/{status}/", _answering(response))
    found = [each for status in bodies for each in looking.complaints(f"{prefix}/shown/{status}/", status)]
    found += looking.complaints(f"{prefix}/not/here/", 404)
    assert not found, "\n".join(found)
