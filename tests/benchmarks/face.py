"""`make bench-face`: what a first visit of each public page costs on a slow line and a slow machine, page by page.

Every page of the site map, the pages of rooms that visitors use, in Chinese and English, at 360 px with an empty
cache: 1.6 Mbit/s, 150 ms round trip, processor slowed four times, in headless Chromium. Bytes are those on the
wire, headers included. Queries are counted in this process, past the pages kept for visitors, on warm caches.
"""

import re
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser

from tests.benchmarks.demonstration import new_installation, served
from tests.benchmarks.reporting import Figure, report
from tests.chromium import chromium, window

# Pages that visitors use and that the tree of pages does not hold.
ROOMS = ("/verify/", "/search/?q=训练", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/")
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
GOALS = {"bytes": 120_000, "requests": 8, "shift": 0.02, "paint_ms": 2_500, "queries": 12}
WATCH = """
window.__paint = 0; window.__shift = 0;
const watch = (type, each) =>
  new PerformanceObserver(list => list.getEntries().forEach(each)).observe({type, buffered: true});
watch('largest-contentful-paint', entry => { window.__paint = entry.startTime; });
watch('layout-shift', entry => { if (!entry.hadRecentInput) window.__shift += entry.value; });
"""


@dataclass
class Visit:
    """What one first visit cost."""

    path: str
    status: int = 0
    bytes: int = 0
    requests: int = 0
    foreign: int = 0
    shift: float = 0.0
    paint_ms: float = 0.0
    queries: int = 0

    def misses(self) -> list[str]:
        """The goals that this page does not reach."""
        over = [name for name, goal in GOALS.items() if getattr(self, name) > goal]
        return over + ["foreign"] * bool(self.foreign) + [f"status {self.status}"] * (self.status != 200)


def _addresses() -> list[str]:
    """Every page of the site map in both languages, and the pages of rooms."""
    from django.test import Client

    site_map = Client(headers={"host": "localhost"}).get("/sitemap.xml").content.decode()
    paths = [urlsplit(each).path for each in re.findall(r"<loc>([^<]+)</loc>", site_map)]
    both = [prefix + path for path in ROOMS for prefix in ("", "/en")]
    return list(dict.fromkeys([*paths, *both]))


def _queries(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    fresh = path + ("&" if "?" in path else "?") + "fresh=1"
    visitor = Client(headers={"host": "localhost"})
    visitor.get(fresh)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(fresh)
    return len(asked)


def _visit(browser: Browser, url: str, path: str) -> Visit:
    visit = Visit(path)
    context = window(browser, url, width=360)
    page = context.new_page()
    page.add_init_script(WATCH)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    host = urlsplit(url).netloc

    def asked(event: dict[str, dict[str, str]]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme in {"http", "https"}:
            visit.requests += 1
            visit.foreign += address.netloc != host

    def arrived(event: dict[str, int]) -> None:
        visit.bytes += int(event["encodedDataLength"])

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", arrived)
    answer = page.goto(path, wait_until="networkidle")
    visit.status = answer.status if answer else 0
    visit.paint_ms, visit.shift = page.evaluate("[window.__paint, window.__shift]")
    context.close()
    return visit


def _kept_and_made(url: str) -> tuple[float, float]:
    """Median milliseconds of the front door: kept for visitors, and made for the visit."""

    def median(path: str) -> float:
        times = []
        for _ in range(40):
            begun = time.perf_counter()
            with urlopen(url + path) as answer:
                answer.read()
            times.append((time.perf_counter() - begun) * 1000)
        return statistics.median(times)

    return median("/"), median("/?fresh=1")


def _say(visit: Visit) -> None:
    misses = visit.misses()
    sys.stdout.write(
        f"{visit.bytes:>8} B {visit.requests:>3} requests  shift {visit.shift:.3f}  paint {visit.paint_ms:>6.0f} ms"
        f" {visit.queries:>3} queries  {visit.path}{'  over: ' + ', '.join(misses) if misses else ''}\n"
    )
    sys.stdout.flush()


def main() -> None:
    with new_installation():
        addresses = _addresses()
        counted = {path: _queries(path) for path in addresses}
        visits = []
        with served() as url, chromium() as browser:
            _visit(browser, url, "/")  # the processes have loaded their code
            for path in addresses:
                visit = _visit(browser, url, path)
                visit.queries = counted[path]
                visits.append(visit)
                _say(visit)
            kept, made = _kept_and_made(url)
    report(
        "face",
        {
            "pages": Figure(len(visits), "pages"),
            "pages_over_a_goal": Figure(sum(bool(visit.misses()) for visit in visits), "pages"),
            "largest_first_visit": Figure(max(visit.bytes for visit in visits), "bytes"),
            "most_requests": Figure(max(visit.requests for visit in visits), "requests"),
            "foreign_requests": Figure(sum(visit.foreign for visit in visits), "requests"),
            "largest_shift": Figure(round(max(visit.shift for visit in visits), 4), "CLS"),
            "slowest_paint": Figure(round(max(visit.paint_ms for visit in visits)), "ms"),
            "median_paint": Figure(round(statistics.median(visit.paint_ms for visit in visits)), "ms"),
            "most_queries": Figure(max(visit.queries for visit in visits), "queries"),
            "front_door_kept": Figure(round(kept, 2), "ms"),
            "front_door_made": Figure(round(made, 2), "ms"),
        },
    )


if __name__ == "__main__":
    main()
