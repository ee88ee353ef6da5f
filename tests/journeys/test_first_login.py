"""A trainee comes in for the first time: from the roster through the mailed link to the first lesson, in Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from lms.accounts.selectors.users import user_by_mail
from lms.cohorts.selectors.organisations import cohort_of_base, organisation_by_code
from lms.cohorts.services.rosters.samples import good_table, workbook_bytes
from lms.demo import cast
from lms.demo.seeding import COHORT, COURSE
from lms.jobs.services.work import drain
from lms.kernel.clock import now
from tests.chromium import WIDTHS, chromium, window

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = settings.BUILD_DIR / "screens" / "first-login"
MAIL = "he.shumin@jiqiao.example"
NAME = "贺淑敏"
SECRET = "over-the-river-and-up"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def picture(page: Page, name: str) -> None:
    """Photograph the page at both widths; nothing may stick out sideways."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name} at {width}"
    page.set_viewport_size(before)


def sign_in(page: Page, address: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/")


def import_the_roster(page: Page, folder: Path) -> None:
    """The base's manager uploads the sheet, reads the verdicts, and writes it."""
    file = folder / "roster.xlsx"
    file.write_bytes(workbook_bytes(good_table()[:2]))
    sign_in(page, cast.MANAGER.email, cast.PASSWORD)
    page.goto(f"/base/cohorts/{COHORT}/roster/")
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(NAME)
    assert user_by_mail(MAIL) is None
    page.locator("button[name=decision][value=write]").click()
    expect(page.locator("button[name=decision]")).to_have_count(0)


def letter_to(address: str) -> str:
    """The newest mail to this address, once background work has handed it over."""
    drain(now=now(), clock=now)
    return str([letter for letter in mail.outbox if address in letter.to][-1].body)


def set_the_password(page: Page) -> None:
    """Ask for the link, follow it from the mail, choose a password."""
    page.goto("/accounts/login/")
    page.locator("a[href*='password/reset']").first.click()
    page.fill("input[name=email]", MAIL)
    picture(page, "01-ask-for-the-link")
    page.press("input[name=email]", "Enter")
    page.wait_for_url("**/password/reset/done/")
    picture(page, "02-the-link-is-on-its-way")
    link = re.search(r"https?://[^/\s]+(/\S*accounts/password/reset/key/\S+)", letter_to(MAIL))
    assert link is not None
    page.goto(link[1])
    page.fill("input[name=password1]", SECRET)
    page.fill("input[name=password2]", SECRET)
    picture(page, "03-choose-a-password")
    page.press("input[name=password2]", "Enter")
    page.wait_for_url("**/password/reset/key/done/")


def begin_the_course(page: Page) -> None:
    """The one thing that the desk asks for leads into the course, and the course into its first lesson."""
    page.goto("/desk/")
    page.locator("main .btn-primary").first.click()
    page.wait_for_url("**/courses/")
    page.locator(f"main a[href='/courses/{COURSE}/']").first.click()
    page.wait_for_url(f"**/courses/{COURSE}/")
    picture(page, "06-the-course")
    page.locator("#offerings").get_by_role("link", name="报名", exact=True).first.click()
    page.get_by_role("button", name="选修这门课程").click()
    page.wait_for_url("**/learn/**")
    page.goto("/desk/")
    page.locator("main .btn-primary").first.click()
    page.wait_for_url("**/learn/**")
    picture(page, "07-the-first-lesson")


def test_a_trainee_of_a_roster_signs_in_for_the_first_time(
    live_server, demonstration, browser: Browser, tmp_path: Path
) -> None:
    import_the_roster(window(browser, live_server.url).new_page(), tmp_path)
    cohort = cohort_of_base(organisation_by_code("FCBA"), COHORT)
    assert cohort.memberships.filter(person__user__email=MAIL, person__real_name=NAME).count() == 1
    assert not user_by_mail(MAIL).has_usable_password()

    page = window(browser, live_server.url, width=360).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    set_the_password(page)
    sign_in(page, MAIL, SECRET)
    expect(page.locator("main")).to_contain_text("选第一门课程")
    expect(page.locator("main .btn-primary")).to_have_count(1)
    picture(page, "04-the-first-desk")

    page.set_viewport_size({"width": 1440, "height": 800})
    page.goto("/me/notices/?nothing=1")
    page.locator("a[hreflang=en]").first.click()
    page.wait_for_url("**/en/me/notices/?nothing=1")
    assert page.locator("html").get_attribute("lang") == "en"
    picture(page, "05-in-english")
    page.locator("a[hreflang^=zh]").first.click()
    page.wait_for_url(lambda url: url.endswith("/me/notices/?nothing=1") and "/en/" not in url)

    begin_the_course(page)
    assert user_by_mail(MAIL).person.enrolments.get().course.code == COURSE
    assert faults == []
