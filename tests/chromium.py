"""A real Chromium for tests and pictures: the system's own, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

WIDTHS = (360, 1440)
_QUIET = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
]


class ChromiumMissing(RuntimeError):
    """Chromium is not on this machine; `make system-test` names the package."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """One headless browser."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not binary:
        raise ChromiumMissing("apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=_QUIET)
        try:
            yield browser
        finally:
            browser.close()


def window(browser: Browser, base_url: str, *, width: int = 1440, dark: bool = False) -> BrowserContext:
    """A fresh window, Chinese by default as a visitor from there would have it."""
    return browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 800 if width > 600 else 740},
        color_scheme="dark" if dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
