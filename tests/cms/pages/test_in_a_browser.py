"""The public pages and desks in a real Chromium: they fit, nothing is refused by the policy, axe is content."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from lms.cohorts.enums import Role
from lms.schemes.services.loading import load_scheme
from tests.chromium import chromium, window
from tests.factories.accounts import PASSWORD
from tests.factories.certificates import staff
from tests.factories.cohorts import CohortFactory, MembershipFactory

pytestmark = [pytest.mark.face, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ("/", "/en/", "/accounts/login/", "/accounts/signup/", "/large-print/", "/not/here/", "/verify/")
DESKS = ("/desk/", "/en/desk/", "/me/", "/accounts/2fa/", "/accounts/sessions/")
# Axe would otherwise fetch every stylesheet again.
QUICK = {"preload": False}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def _complaints(page: Page, path: str, width: int) -> list[str]:
    """Everything that is wrong with one page: scrolling sideways, refused by the policy, named by axe."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{path} is {wide} px wide"] if wide > width else []
    refused = [text for text in said if "Content Security Policy" in text]  # before axe brings styles of its own
    named = Axe().run(page, options=QUICK).response["violations"]
    return [*found, *refused, *(f"{path} {each['id']}: {each['nodes'][0]['html']}" for each in named)]


def _sign_in(page: Page, mail: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", mail)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, False), (1440, True)])
def test_public_pages_have_nothing_to_complain_about(browser, live_server, now, width: int, dark: bool) -> None:
    load_scheme("ttm-2026-1", now=now)
    with window(browser, live_server.url, width=width, dark=dark) as context:
        page = context.new_page()
        assert [complaint for path in PUBLIC for complaint in _complaints(page, path, width)] == []


@pytest.mark.parametrize(("role", "width"), [(Role.TRAINEE, 360), (Role.BASE_MANAGER, 1440)])
def test_desks_have_nothing_to_complain_about(browser, live_server, now, role: Role, width: int) -> None:
    version = load_scheme("ttm-2026-1", now=now)
    cohort = CohortFactory(scheme_version=version)
    trainee = MembershipFactory(cohort=cohort).person.user
    user = trainee if role == Role.TRAINEE else staff(cohort.organisation, role)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    with window(browser, live_server.url, width=width) as context:
        page = context.new_page()
        _sign_in(page, user.email)
        assert [complaint for path in DESKS for complaint in _complaints(page, path, width)] == []


def test_menus_open_and_large_print_works_without_our_script(browser, live_server) -> None:
    with window(browser, live_server.url, width=360) as context:
        page = context.new_page()
        page.goto("/en/")
        page.click("summary[class=icon-btn]")
        page.click(".menu-box form[action$='large-print/'] button")
        assert page.url == f"{live_server.url}/en/"
        assert page.get_attribute("html", "data-size") == "large"
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "19px"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
