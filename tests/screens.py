"""`make screens`: a picture of every screen of the running demonstration, as each person sees it.

Each screen of `tests/screen_table.py` is opened in both languages and at both widths; of every opened page a light
and a dark picture is taken, and at the wide one another as it comes out of a printer on A4.
"""

import argparse
import html
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from lms.kernel.translations import REPO_DIR
from tests.chromium import WIDTHS, chromium, window
from tests.screen_table import SCREENS, Screen

OUT = REPO_DIR / "build" / "screens"
A4 = {"width": 794, "height": 1123}  # 210 by 297 mm at 96 dots an inch
LINKS = "main a[href]:not([hreflang], [href$='/feed/'])"
STYLE = "body{font:16px system-ui;margin:2rem}figure{display:inline-block;margin:.5rem;vertical-align:top}\
img{width:16rem;max-height:24rem;object-fit:cover;object-position:top;border:1px solid #999}figcaption{font-size:.8rem}"


@dataclass(frozen=True)
class Picture:
    """One picture that was taken."""

    screen: str
    kind: str

    @property
    def file(self) -> str:
        """Its file in the folder."""
        return f"{self.screen}--{self.kind}.png"


@dataclass
class Studio:
    """A browser, the people who can sign in to the demonstration, and what came of it."""

    browser: Browser
    url: str
    logins: dict[str, dict[str, str]]
    taken: list[Picture] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def enter(self, role: str, width: int) -> BrowserContext:
        """A window of this person; nobody in particular without a role."""
        context = window(self.browser, self.url, width=width)
        if role:
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", self.logins[role]["email"])
            page.fill("input[name=password]", self.logins[role]["password"])
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/desk/**")
            page.close()
        return context

    def take(self, screens: Sequence[Screen]) -> None:
        """Photograph these screens, person by person."""
        for role, of_role in groupby(sorted(screens, key=lambda screen: screen.role), lambda screen: screen.role):
            if role and role not in self.logins:
                self.missed.extend(f"{screen.name}: nobody signs in as {role}" for screen in of_role)
                continue
            theirs = list(of_role)
            for width in WIDTHS:
                context = self.enter(role, width)
                for screen in theirs:
                    self._take_one(context, screen, width)
                context.close()

    def _take_one(self, context: BrowserContext, screen: Screen, width: int) -> None:
        for language in screen.languages:
            page = context.new_page()
            try:
                _reach(page, screen, "/en" if language == "en" else "")
                self.taken.extend(_shoot(page, screen.name, language, width))
            except (Error, Unreachable) as fault:
                self.missed.append(f"{screen.name} ({language}, {width}): {str(fault).splitlines()[0]}")
            page.close()


class Unreachable(RuntimeError):
    """The way to the screen is not there."""


def _reach(page: Page, screen: Screen, prefix: str) -> None:
    """Open the screen as a person would come to it."""
    answer = page.goto(prefix + screen.path)
    if screen.link:
        _follow(page, screen.link)
    elif answer is None or (answer.status >= 400 and screen.name != "not-found"):
        raise Unreachable(f"{screen.path} answers {answer.status if answer else 'nothing'}")
    if screen.upload:
        page.set_input_files("input[type=file]", _sample(screen.upload))
    if screen.press and page.locator(screen.press).count():
        page.locator(screen.press).first.click()
    page.wait_for_load_state("load")


def _follow(page: Page, words: str) -> None:
    """Go where the first link with the words goes, other than this page itself, its feed, or its other language."""
    here = page.url.split("?")[0]
    links = page.eval_on_selector_all(LINKS, "links => links.map(link => link.href)")
    found = next((link for link in links if words in link and link.split("?")[0].split("#")[0] != here), None)
    if found is None:
        raise Unreachable(f"no link with {words} on {page.url}")
    page.goto(found)


def _sample(name: str) -> Path:
    """A roster with a mistake in it, as `roster_fixture` writes it."""
    from lms.cohorts.services.rosters.samples import samples

    path = OUT / name
    path.write_bytes(next(sample.content for sample in samples() if sample.name == name))
    return path


def _shoot(page: Page, name: str, language: str, width: int) -> Iterator[Picture]:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        yield _picture(page, Picture(name, f"{language}-{width}-{scheme}"))
    if width == max(WIDTHS):
        page.emulate_media(media="print", color_scheme="light")
        page.set_viewport_size(A4)
        yield _picture(page, Picture(name, f"{language}-print"))


def _picture(page: Page, picture: Picture) -> Picture:
    page.screenshot(path=OUT / picture.file, full_page=True)
    return picture


def index(pictures: Sequence[Picture]) -> str:
    """All pictures on one page, grouped by screen."""
    parts = []
    for screen, group in groupby(sorted(pictures, key=lambda each: each.screen), lambda each: each.screen):
        figures = "".join(
            f'<figure><a href="{html.escape(each.file)}"><img src="{html.escape(each.file)}" alt="" loading="lazy"></a>'
            f"<figcaption>{html.escape(each.kind)}</figcaption></figure>"
            for each in group
        )
        parts.append(f'<h2 id="{html.escape(screen)}">{html.escape(screen)}</h2>\n{figures}')
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Jiqiao: screens</title><style>{STYLE}</style>'
    return "\n".join([head, "<h1>Screens</h1>", *parts, "</html>\n"])


def pictures_in(folder: Path) -> list[Picture]:
    """What lies there from this time and earlier ones."""
    return [Picture(*path.stem.split("--", 1)) for path in sorted(folder.glob("*--*.png"))]


def _asked(names: Sequence[str]) -> list[Screen]:
    return [screen for screen in SCREENS if not names or screen.name in names]


def main() -> None:
    parser = argparse.ArgumentParser(description="Photograph every screen of the running demonstration.")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="this screen only; may be repeated")
    parser.add_argument("--run", type=Path, default=REPO_DIR / "build" / "run.json", help="where the run file lies")
    asked = parser.parse_args()
    if not asked.run.exists():
        sys.exit("Start the demonstration first: make run")
    running = json.loads(asked.run.read_text())
    OUT.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with chromium() as browser:
        studio = Studio(browser, running["url"], {login["role"]: login for login in reversed(running["logins"])})
        studio.take(_asked(asked.only))
    (OUT / "index.html").write_text(index(pictures_in(OUT)))
    sys.stdout.write(f"{len(studio.taken)} pictures in {time.monotonic() - began:.0f} s: {OUT / 'index.html'}\n")
    sys.stdout.writelines(f"not reached: {line}\n" for line in studio.missed)


if __name__ == "__main__":
    main()
