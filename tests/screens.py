"""`make screens`: a picture of every main screen of the running demonstration, as each person sees it."""

import html
import json
import sys

from playwright.sync_api import BrowserContext

from lms.kernel.translations import REPO_DIR
from tests.chromium import WIDTHS, chromium, window

OUT = REPO_DIR / "build" / "screens"
# Who looks, and at what; `None` is a visitor who has not signed in.
SCREENS: dict[str | None, list[str]] = {
    None: ["/", "/courses/", "/courses/jtb-foundations/", "/verify/", "/accounts/login/", "/accounts/signup/",
           "/gone/"],
    "trainee": ["/desk/", "/me/", "/me/ledger/", "/me/certificates/", "/exams/", "/simulations/",
                "/simulations/d-01-gas-heater/"],
    "base-manager": ["/desk/", "/base/decisions/", "/base/cohorts/JTB-2026-A/", "/base/cohorts/JTB-2026-A/roster/"],
    "certifier": ["/desk/", "/base/decisions/"],
    "verifier": ["/desk/"],
    "authority-officer": ["/desk/"],
    "staff": ["/desk/"],
}  # fmt: skip


def _sign_in(context: BrowserContext, login: dict[str, str]) -> None:
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", login["email"])
    page.fill("input[name=password]", login["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")
    page.close()


def _name(role: str | None, path: str, language: str, width: int, *, dark: bool) -> str:
    where = path.strip("/").replace("/", "-") or "home"
    return f"{role or 'visitor'}--{where}--{language}--{width}{'--dark' if dark else ''}.png"


def _shoot(context: BrowserContext, role: str | None, width: int, *, dark: bool) -> list[str]:
    names = []
    for path in SCREENS[role]:
        for language, prefix in (("zh", ""), ("en", "/en")):
            page = context.new_page()
            page.goto(prefix + path)
            name = _name(role, path, language, width, dark=dark)
            page.screenshot(path=OUT / name, full_page=True)
            names.append(name)
            page.close()
    return names


def _index(names: list[str]) -> None:
    safe = [html.escape(name) for name in names]
    figures = "\n".join(
        f'<figure><img src="{name}" alt="" loading="lazy"><figcaption>{name}</figcaption></figure>' for name in safe
    )
    head = '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>Jiqiao: screens</title>'
    page = f"{head}\n{figures}\n</html>\n"
    (OUT / "index.html").write_text(page)


def main() -> None:
    run_file = REPO_DIR / "build" / "run.json"
    if not run_file.exists():
        sys.exit("Start the demonstration first: make run")
    running = json.loads(run_file.read_text())
    logins = {login["role"]: login for login in reversed(running["logins"])}
    OUT.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    with chromium() as browser:
        for width in WIDTHS:
            for dark in (False, True):
                for role in SCREENS:
                    context = window(browser, running["url"], width=width, dark=dark)
                    if role:
                        _sign_in(context, logins[role])
                    names += _shoot(context, role, width, dark=dark)
                    context.close()
    _index(sorted(names))
    sys.stdout.write(f"{len(names)} pictures: {OUT / 'index.html'}\n")


if __name__ == "__main__":
    main()
