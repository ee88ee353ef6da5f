"""`make bench-credits`: how long it takes to prove a credit ledger of a million lines, and what posting costs.

A PostgreSQL of the benchmark's own is filled with real chained lines, each with words and a commitment, one person with
10,000 of them and everybody else with 100. Then the book is sealed and audited whole; processor time is that of this
process and of the database's own process for it. Afterwards lines are posted one by one and by fifty hands at once for
one person, and the book is audited again.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

from tests.benchmarks.reporting import Figure, report
from tests.servers.processes import postgres

LINES = int(os.environ.get("N") or 1_000_000)
HANDS, POSTS = 50, 300
MILLION = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Time that went by, and processor time of this process and of the database's."""

    wall: float
    here: float
    there: float

    @property
    def cpu(self) -> float:
        return self.here + self.there


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _server_time() -> float:
    """Processor seconds of the database's process that serves this connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / TICKS


def _timed(work: Callable[[], Any]) -> tuple[Any, Spent]:
    there, here, wall = _server_time(), time.process_time(), time.perf_counter()
    answer = work()
    wall, here = time.perf_counter() - wall, time.process_time() - here
    return answer, Spent(wall, here, _server_time() - there)


@contextmanager
def _installation() -> Iterator[None]:
    """An empty platform on a PostgreSQL that vanishes."""
    with ExitStack() as stack:
        os.environ.update(
            JIQIAO_DATA_DIR=stack.enter_context(TemporaryDirectory(prefix="jiqiao-bench-")),
            DJANGO_SETTINGS_MODULE="lms.settings.dev",
            DATABASE_URL=stack.enter_context(postgres()),
        )
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        stack.callback(connection.close)
        call_command("migrate", verbosity=0)
        yield


def _proof(figures: dict[str, Figure], lines: int) -> None:
    """Seal and audit the whole book."""
    from lms.credits.enums import Book
    from lms.credits.services.auditing import audit_ledger
    from lms.records.services.sealing import inclusion_proof, seal_book, verify_inclusion
    from tests.benchmarks.ledger import NOW

    seal, spent = _timed(lambda: seal_book(book="credits", now=NOW))
    figures["seal"] = Figure(round(spent.wall, 2), f"s, {seal.chains} chains")
    owner = seal.leaves.order_by("place").values_list("owner", flat=True)[seal.chains // 2]
    proof, spent = _timed(lambda: inclusion_proof(book="credits", owner=owner))
    figures["inclusion_proof"] = Figure(round(1000 * spent.wall, 1), "ms")
    found, spent = _timed(lambda: audit_ledger(book=Book.CREDITS))
    whole = found.ok and found.lines == found.words == lines and found.seals == 1 and verify_inclusion(proof)
    figures["not_proved"] = Figure(0 if whole else 1, "books")
    figures["audit_cpu"] = Figure(round(spent.cpu, 1), "s processor time, this process and PostgreSQL's")
    figures["audit_cpu_here"] = Figure(round(spent.here, 1), "s processor time, this process")
    figures["audit_wall"] = Figure(round(spent.wall, 1), "s")
    figures["audit_cpu_per_million"] = Figure(round(spent.cpu * MILLION / lines, 1), "s processor time")


def _reading(figures: dict[str, Figure], person: int) -> None:
    """What a person with many lines costs to read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from lms.credits.selectors.totals import balance, counting

    for name, work in (
        ("balance", lambda: balance(person)),
        ("counting", lambda: counting(person, date(2026, 11, 22))),
    ):
        work()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            _answer, spent = _timed(work)
        asked = [query for query in seen.captured_queries if "pg_backend_pid" not in query["sql"]]
        figures[f"{name}_queries"] = Figure(len(asked), "queries")
        figures[f"{name}_ms"] = Figure(round(1000 * spent.wall, 2), "ms")


def _poster(person: int, organisation: int) -> Callable[[str], Any]:
    from lms.credits.services.hours import post_class_hours
    from tests.benchmarks.ledger import NOW

    def post(source: str) -> Any:
        return post_class_hours(
            person_id=person,
            organisation_id=organisation,
            module="practical-skills",
            minutes=25,
            source=source,
            occurred_at=NOW,
            now=NOW,
            note="第二课：怎样问出技术需求",
        )

    return post


def _posting(figures: dict[str, Figure], person: int, organisation: int) -> None:
    """One hand, then fifty: nothing lost, nothing doubled, one chain."""
    from django.db import connection

    from lms.credits.enums import Book
    from lms.credits.models import HourLine
    from lms.credits.services.auditing import audit_ledger

    post = _poster(person, organisation)
    post("courses.item:first")
    begun, times = time.process_time(), []
    for number in range(POSTS):
        before = time.perf_counter()
        post(f"courses.item:one:{number}")
        times.append(time.perf_counter() - before)
    figures["post_p50"] = Figure(round(1000 * statistics.median(times), 2), "ms")
    figures["post_cpu"] = Figure(round(1000 * (time.process_time() - begun) / POSTS, 2), "ms processor time")
    barrier = Barrier(HANDS)

    def hand(number: int) -> int:
        try:
            connection.ensure_connection()
            barrier.wait(60)
            return post(f"courses.item:many:{number}").pk
        finally:
            connection.close()

    before = time.perf_counter()
    with ThreadPoolExecutor(HANDS) as pool:
        answers = list(pool.map(hand, range(HANDS)))
    figures["fifty_at_once"] = Figure(round(time.perf_counter() - before, 2), "s")
    stand = list(HourLine.objects.of(person).values_list("seq", "pk"))
    expected = 1 + POSTS + HANDS
    missing = len(set(answers) - {pk for _seq, pk in stand}) + abs(expected - len(stand))
    figures["lost_or_doubled"] = Figure(missing, "lines")
    chained = audit_ledger(book=Book.HOURS).ok and [seq for seq, _pk in stand] == list(range(1, expected + 1))
    figures["broken_chains"] = Figure(0 if chained else 1, "chains")


GOALS = {
    "audit_cpu": 60.0 * LINES / MILLION,
    "not_proved": 0.0,
    "balance_queries": 2.0,
    "counting_queries": 2.0,
    "lost_or_doubled": 0.0,
    "broken_chains": 0.0,
}


def main() -> None:
    figures: dict[str, Figure] = {}
    with _installation():
        from tests.benchmarks.ledger import fill
        from tests.factories.cohorts import OrganisationFactory

        organisation = OrganisationFactory().pk
        begun = time.perf_counter()
        filled = fill(LINES, organisation)
        figures["lines"] = Figure(filled.lines, f"lines of {filled.people} people")
        figures["fill"] = Figure(round(time.perf_counter() - begun, 1), "s")
        _say(f"{filled.lines} lines of {filled.people} people after {figures['fill'].value:g} s")
        _proof(figures, filled.lines)
        _reading(figures, filled.rich)
        _posting(figures, filled.rich, organisation)
    for key, goal in GOALS.items():
        reached = figures[key].value <= goal
        _say(f"{'yes' if reached else 'NO '} {key} {figures[key].value:g} (at most {goal:g})")
    report("credits", figures)


if __name__ == "__main__":
    main()
