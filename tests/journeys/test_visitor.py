"""A visitor who signs in nowhere: from the first screen to the answer about a certificate, half of it in English."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cms.pages.models import GlossaryTerm, LevelPage
from lms.demo.seeding import COURSE
from lms.kernel.clock import now
from tests.chromium import WIDTHS, chromium, window
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = settings.BUILD_DIR / "screens" / "visitor"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser, live_server, demonstration) -> Iterator[Page]:
    with window(browser, live_server.url) as context:
        yield context.new_page()


def look(page: Page, name: str, title: str) -> None:
    """The page says what it should, nothing sticks out sideways at either width, and nothing of it is kept on them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    expect(page.locator("h1")).to_have_text(title)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name} at {width}"
    assert page.context.cookies() == []


def test_from_the_first_screen_to_a_certificate(page: Page) -> None:
    level = LevelPage.objects.get(level="junior")
    page.goto("/")
    expect(page.get_by_text("样本 SPECIMEN").first).to_be_visible()
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="三个等级").click()
    look(page, "1-levels", "三个等级")
    page.get_by_role("main").get_by_role("link", name=level.title).first.click()
    look(page, "2-level", level.title)
    expect(page.get_by_role("main")).to_contain_text("本方案试行版自定")

    page.goto("/courses/")
    page.locator(f"main a[href$='/courses/{COURSE}/']").first.click()
    expect(page.get_by_role("main")).to_contain_text("选择开班")

    page.goto("/policies/")
    page.select_option("select[name=jurisdiction]", "zj")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("main")).to_contain_text("浙江省促进科技成果转化条例")
    expect(page.get_by_role("main")).not_to_contain_text("北京市促进科技成果转化条例")
    page.get_by_role("link", name="English").first.click()
    assert page.url.endswith("/en/policies/?jurisdiction=zj&topic=&on=") or "jurisdiction=zj" in page.url
    look(page, "3-policies-en", "Policy library")
    expect(page.get_by_role("main")).to_contain_text("Zhejiang Regulations")
    expect(page.get_by_role("main")).not_to_contain_text("Beijing Regulations")

    page.goto("/en/search/?q=milestone")
    expect(page.get_by_role("main")).to_contain_text("milestone payment")
    term = GlossaryTerm.objects.get(term="里程碑付款")
    page.goto(f"/en/glossary/?letter={term.letter}")
    expect(page.get_by_role("main")).to_contain_text(term.definition_en)
    look(page, "4-glossary-en", "Glossary")


def test_a_stranger_asks_about_a_certificate_that_is_not_there(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("link", name="Check a certificate").first.click()
    page.fill("input[name=serial]", "TTM-FCBA-1-2026-000318-K")
    page.fill("input[name=proof]", "段文博")
    page.get_by_role("button", name="Check", exact=True).click()

    expect(page.get_by_role("main")).to_contain_text("No certificate matches")


def test_a_stranger_finds_a_certificate_valid(page: Page) -> None:
    bench = Bench()
    certificate = bench.issue(now())
    page.goto("/")
    page.get_by_role("main").get_by_label("证书编号").fill(certificate.serial)
    page.get_by_role("main").get_by_label("持证人姓名或校验码").fill(bench.person.real_name)
    page.get_by_role("button", name="查验", exact=True).click()

    look(page, "5-valid", "有效")
    expect(page.get_by_role("main")).to_contain_text(certificate.serial)
    expect(page.get_by_role("main")).to_contain_text("现在有效，没有被撤销")


def test_the_legal_texts_and_the_help_are_reached_from_every_page(page: Page) -> None:
    for address, title in (
        ("/legal/privacy/", "隐私声明"),
        ("/legal/terms/", "使用条款"),
        ("/legal/accessibility/", "无障碍声明"),
        ("/simulations-explained/", "实训怎样进行"),
        ("/about/", "关于技桥"),
        ("/help/", "帮助"),
        ("/bases/", "培训基地"),
        ("/news/", "动态"),
    ):
        page.goto(address)
        look(page, address.strip("/").replace("/", "-"), title)
