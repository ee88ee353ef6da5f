"""Contribution credits in a real Chromium: a contract is claimed by two, sent back, confirmed by two, and printed.

Every page is photographed at both widths into build/screens/credits, so that somebody can look at it.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from lms.accounts.models import Person
from lms.cohorts.enums import Role
from lms.cohorts.models import Organisation
from lms.credits.enums import Book
from lms.credits.models import CreditLine
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.sealing import seal_books
from lms.jobs.services.work import drain
from lms.kernel.clock import HeldClock, now
from tests.chromium import WIDTHS, chromium, window
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = settings.BUILD_DIR / "screens" / "credits"
TITLE = "砂型测湿装置试用合同"
NUMBER = "2026-LC-000731"
SAID = {
    "registration_number": NUMBER,
    "name": TITLE,
    "parties": "砺石铸造（委托方）",
    "amount": "120000.50",
    "signed_on": "2026-10-18",
    "own_part": "九月起谈付款条件，十月二十日陪双方去登记。",
}
LATER = timedelta(hours=1)
PATIENCE = 20_000  # milliseconds, for a busy machine
MISSING = "请写明受托方，并与登记证明一致。"


@dataclass
class Story:
    """Browser, server, clock and people of the story."""

    browser: Browser
    url: str
    clock: HeldClock
    base: Organisation
    claimant: Person
    partner: Person
    manager: Person
    certifier: Person
    taken: list[str] = field(default_factory=list)

    def enter(self, person: Person, *, width: int) -> Page:
        """A window in which somebody is signed in already; signing in is another story."""
        context, session = window(self.browser, self.url, width=width), Client()
        session.force_login(person.user)
        key = session.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}])
        page = context.new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))  # type: ignore[attr-defined]
        page.on("console", lambda line: page.faults.append(line.text) if "Content Security" in line.text else None)  # type: ignore[attr-defined]
        page.goto("/desk/")
        return page

    def picture(self, page: Page, name: str) -> None:
        """Photograph the page at both widths; nothing may stick out sideways, no script may fail."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name} at {width}"
        page.set_viewport_size(before)  # type: ignore[arg-type]
        assert page.faults == []  # type: ignore[attr-defined]
        self.taken.append(name)


@pytest.fixture
def story(live_server: Any, clock: HeldClock) -> Iterator[Story]:
    base = OrganisationFactory(name="岚川技术转移培训基地", name_en="Lanchuan Training Base")
    people = {
        "claimant": claimant_at(base, person=PersonFactory(real_name="韩晓")).person,
        "partner": claimant_at(base, person=PersonFactory(real_name="冯予安")).person,
    }
    for role, name in ((Role.BASE_MANAGER, "沈砚秋"), (Role.CERTIFIER, "周知远")):
        people[role.value] = PersonFactory(real_name=name)
        RoleGrantFactory(user=people[role.value].user, organisation=base, role=role)
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        yield Story(
            browser,
            live_server.url,
            clock,
            base,
            people["claimant"],
            people["partner"],
            people[Role.BASE_MANAGER.value],
            people[Role.CERTIFIER.value],
        )


def certificate(folder: Path) -> Path:
    """The scanned certificate of registration."""
    file = folder / "登记证明.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    document.save(file)
    return file


def claim(story: Story, page: Page, folder: Path) -> str:
    """Choose the rule, fill in what it asks for, name the partner, prove it, hand it in."""
    page.goto("/me/credits/claims/")
    page.locator("main a[href$='/claims/new/']").first.click()
    page.locator("input[name=rule][value=contract-registered]").check()
    page.fill("input[name=title]", TITLE)
    page.fill("input[name=occurred_on]", "2026-10-20")
    story.picture(page, "01-new-claim")
    page.get_by_role("button", name="继续").click()
    page.wait_for_url(re.compile(r"/me/credits/claim/[0-9a-f-]{36}/$"))
    for name, value in SAID.items():
        page.fill(f"[name=said_{name}]", value)
    page.select_option("[name=said_contract_kind]", "service")
    page.set_input_files("input[name=evidence]", certificate(folder))
    page.fill("input[name=own_percent]", "60")
    page.fill("input[name$='-0-mail']", story.partner.user.email)
    page.fill("input[name$='-0-percent']", "40")
    page.fill("input[name$='-0-part']", "找到委托方，两次走访")
    page.check("input[name=no_interest]")
    story.picture(page, "02-claim-filled-in")
    hand_in(page)
    story.picture(page, "03-handed-in")
    return page.url


def hand_in(page: Page) -> None:
    page.locator("button[name=hand_in]").click()
    expect(page.locator("main")).to_contain_text("等待核定")


def agree(story: Story, page: Page, name: str) -> None:
    """The partner reads what is claimed and agrees to the share."""
    page.goto("/me/credits/claims/")
    page.locator("main a[href*='/me/credits/shares/']").first.click()
    expect(page.locator("main")).to_contain_text(NUMBER)
    expect(page.locator("main .figures")).to_contain_text("4.00")
    story.picture(page, name)
    page.locator("button[name=answer][value=agree]").click()
    expect(page.locator("main")).to_contain_text("你已同意这一份额")


def send_back(story: Story, page: Page) -> None:
    """The manager finds the other party missing."""
    open_at_the_desk(page)
    story.picture(page, "05-before-the-manager")
    page.locator("main details:has(button[value=return]) > summary").click()
    page.fill("textarea[name=reason]", MISSING)
    page.locator("button[name=action][value=return]").click()
    expect(page.locator("main .tag").first).to_contain_text("退回")


def open_at_the_desk(page: Page) -> None:
    page.goto("/desk/credits/claims/")
    page.locator("main th a", has_text=TITLE).first.click()
    expect(page.locator("h1")).to_have_text(TITLE)


def mend(story: Story, page: Page, address: str) -> None:
    """The claimant reads why, completes the parties, and hands it in again."""
    page.goto(address)
    expect(page.locator("main .alert-warn")).to_contain_text(MISSING)
    story.picture(page, "06-returned")
    page.fill("[name=said_parties]", "砺石铸造（委托方）；岚川理工学院（受托方）")
    hand_in(page)


def confirm(page: Page) -> None:
    page.check("input[name=verification][value=registry-matched]")
    page.fill("[name=words]", "登记证明原件，登记系统中的编号和金额")
    with page.expect_navigation():
        page.locator("button[name=action][value=confirm]").click()
    expect(page.locator("main .alert-err")).to_have_count(0)


def confirm_by_two(story: Story, manager: Page, certifier: Page) -> None:
    """The first of two posts nothing; the first cannot be the second; the second posts both shares."""
    open_at_the_desk(manager)
    confirm(manager)
    expect(manager.locator("main")).to_contain_text("沈砚秋")
    expect(manager.locator("button[name=action][value=confirm]")).to_have_count(0)
    assert points_of(story.claimant) == []
    story.picture(manager, "08-first-of-two")
    open_at_the_desk(certifier)
    story.picture(certifier, "09-before-the-second")
    confirm(certifier)
    expect(certifier.locator("main .tag").first).to_have_class(re.compile("tag-ok"))
    expect(certifier.locator("main")).to_contain_text("6.00")
    story.picture(certifier, "10-confirmed")


def points_of(person: Person) -> list[str]:
    return [f"{line.points:.2f}" for line in CreditLine.objects.of(person.pk).order_by("seq")]


def print_the_statement(story: Story, page: Page, folder: Path) -> str:
    """Points on the standing page; then the statement as PDF, and every word in it."""
    page.goto("/me/credits/")
    expect(page.locator("main .bigfig").first).to_contain_text("6.00")
    story.picture(page, "11-standing")
    page.goto("/me/ledger/")
    expect(page.locator("main")).to_contain_text("+6.00")
    story.picture(page, "12-ledger")
    page.goto("/me/credits/papers/")
    page.locator("form:has(input[value=statement]) button[type=submit]").click()
    page.wait_for_url("**/me/credits/papers/")
    drain(now=now(), clock=now)
    page.goto("/me/credits/papers/")
    story.picture(page, "13-papers")
    href = page.locator("main a[href$='.pdf']").first.get_attribute("href")
    file = folder / "statement.pdf"
    file.write_bytes(page.context.request.get(f"{story.url}{href}").body())
    picture = ["pdftoppm", "-r", "70", "-png", str(file), str(PICTURES / "14-statement")]
    subprocess.run(picture, check=True, timeout=60)
    read = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, timeout=60)
    return read.stdout.decode()


def compare_with_what_is_published(story: Story, page: Page, said: str) -> None:
    """A stranger finds the printed seal at the public address, and the proof leads from the printed head to it."""
    stranger = window(story.browser, story.url, width=360).new_page()
    book = stranger.context.request.get(f"{story.url}/ledger/heads.json").json()["books"]["credits"]
    proof = page.context.request.get(f"{story.url}/me/ledger/proof.json?book=credits").json()
    printed = re.sub(r"\s", "", said)
    head = CreditLine.objects.of(story.claimant.pk).latest("seq").hash
    assert book["people"] == 2
    assert book["lines"] == 2
    assert head in printed
    assert book["seal"]["hash"] in printed
    assert head in str(proof)
    assert book["seal"]["hash"] in str(proof)
    page.goto("/me/credits/papers/")
    code = page.locator("main a[href*='/ledger/check/']").first.get_attribute("href")
    stranger.goto(str(code))
    expect(stranger.locator("main")).to_contain_text("积分证明")
    expect(stranger.locator("main")).not_to_contain_text("韩晓")
    stranger.faults = []  # type: ignore[attr-defined]
    story.picture(stranger, "15-checked-by-a-stranger")


def test_a_contract_is_claimed_by_two_confirmed_by_two_and_printed(story: Story, tmp_path: Path) -> None:
    claimant, partner = story.enter(story.claimant, width=360), story.enter(story.partner, width=360)
    manager, certifier = story.enter(story.manager, width=1440), story.enter(story.certifier, width=1440)
    address = claim(story, claimant, tmp_path)
    story.clock.advance(LATER)
    agree(story, partner, "04-share-asked")
    story.clock.advance(LATER)
    send_back(story, manager)
    story.clock.advance(LATER)
    mend(story, claimant, address)
    story.clock.advance(LATER)
    agree(story, partner, "07-share-asked-anew")
    story.clock.advance(LATER)
    confirm_by_two(story, manager, certifier)
    assert (points_of(story.claimant), points_of(story.partner)) == (["6.00"], ["4.00"])
    story.clock.advance(LATER)
    seal_books(now=now())
    said = print_the_statement(story, claimant, tmp_path)
    assert [words for words in ("韩晓", "6.00", TITLE) if words not in said] == []
    compare_with_what_is_published(story, claimant, said)
    report = audit_ledger(book=Book.CREDITS)
    assert (report.ok, report.lines, report.first_broken) == (True, 2, None)
