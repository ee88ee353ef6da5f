"""`make bench-learning`: desk, catalogue, lesson and lease with 500 people and with forty times as many.

Two databases on one PostgreSQL server of the benchmark's own: the small one holds `seed_bench --scale 1`, the large
one is its copy grown to `--scale 40` (20,000 people, 2 million study intervals). The same people ask for the same
pages of both by turns, in blocks, in this process; so a noisy machine is noisy for both, and growth is a ratio of
one run. Processor time is this process's own, without the database server's. A page that needs no more than a
signed-in user is measured beside them, to say what the framework itself costs.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any

from tests.benchmarks.reporting import Figure, report
from tests.servers.processes import postgres

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

SMALL, LARGE = 1, int(os.environ.get("N", "40"))
READERS, BLOCKS = 40, 4
GOALS = {"growth": 1.3, "lesson_cpu_ms": 15.0, "lesson_per_bare": 4.0}
QUERY_GOALS = {"catalogue": 12, "lesson": 8, "lease": 4}


@dataclass
class Readings:
    """What every request of one kind to one database cost, in milliseconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    queries: int = 0

    def wall_at(self, part: float) -> float:
        """The time within which this part of the requests was answered."""
        return sorted(self.wall)[min(len(self.wall) - 1, int(len(self.wall) * part))]

    @property
    def typical_cpu(self) -> float:
        """Median processor time of a request."""
        return statistics.median(self.cpu)


@dataclass(frozen=True)
class Reader:
    """Somebody signed in, and where they study."""

    client: "Client"
    enrolment: str
    item: str


def _switch(name: str) -> None:
    """Go on with the other database of the server."""
    from django.core.cache import cache
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()


def _call(command: str, **options: Any) -> None:
    from django.core.management import call_command

    call_command(command, stdout=StringIO(), **options)


def _grow(name: str, scale: int) -> float:
    """Bring a database up to a scale; gives the seconds it took."""
    _switch(name)
    begun = time.perf_counter()
    _call("seed_bench", scale=scale)
    taken = time.perf_counter() - begun
    sys.stdout.write(f"{name}: scale {scale} after {taken:.0f} s\n")
    sys.stdout.flush()
    return taken


def _copy(server: str, source: str, target: str) -> None:
    import psycopg
    from django.db import connection

    connection.close()
    with psycopg.connect(server, autocommit=True) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _readers() -> list[Reader]:
    """The first people of the crowd, who stand in both databases, signed in to the one that is copied next."""
    from django.test import Client

    from courses.selectors.progress import enrolments_of, next_item
    from lms.accounts.selectors.people import people_by_mail
    from lms.demo.crowd import email_of

    people = people_by_mail([email_of(number) for number in range(READERS)])
    readers = []
    for person in people.values():
        client = Client(headers={"host": "localhost"})
        client.force_login(person.user)
        enrolment = enrolments_of(person)[0]
        item = next_item(enrolment)
        readers.append(Reader(client, str(enrolment.uid), item.uid if item else ""))
    return readers


def _kinds() -> dict[str, Callable[[Reader], "HttpResponse"]]:
    def lease(reader: Reader) -> "HttpResponse":
        body = {"enrolment": reader.enrolment, "item_uid": reader.item}
        return reader.client.post("/api/v1/study/leases", body, content_type="application/json")

    return {
        "bare": lambda reader: reader.client.get("/bare/"),
        "desk": lambda reader: reader.client.get("/desk/"),
        "catalogue": lambda reader: reader.client.get("/courses/"),
        "lesson": lambda reader: reader.client.get(f"/learn/{reader.enrolment}/{reader.item}/"),
        "lease": lease,
    }


def _ask(ask: Callable[[Reader], "HttpResponse"], reader: Reader, into: Readings) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = ask(reader)
    into.cpu.append((time.process_time() - cpu) * 1000)
    into.wall.append((time.perf_counter() - wall) * 1000)
    if answer.status_code not in {200, 201}:
        raise SystemExit(f"{answer.status_code}: {answer.content[:200]!r}")


def _count(readers: list[Reader], into: dict[tuple[str, str], Readings], name: str) -> None:
    """Queries on a cold cache, of somebody who is not the first to ask."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for kind, ask in _kinds().items():
        ask(readers[0])
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            ask(readers[1])
        into[kind, name].queries = len(asked)


def _measure(readers: list[Reader], names: tuple[str, str]) -> dict[tuple[str, str], Readings]:
    found: dict[tuple[str, str], Readings] = defaultdict(Readings)
    for name in names:
        _switch(name)
        _count(readers, found, name)
    for _block in range(BLOCKS):
        for name in names:
            _switch(name)
            for kind, ask in _kinds().items():
                for reader in readers[:5]:  # caches and connection are warm again
                    ask(reader)
                for reader in readers:
                    _ask(ask, reader, found[kind, name])
    return found


def _compare_progress(name: str) -> tuple[float, bool]:
    """Seconds of `rebuild_progress --check`, and whether every counter equals its intervals."""
    _switch(name)
    begun = time.perf_counter()
    try:
        _call("rebuild_progress", check=True)
    except SystemExit:
        return time.perf_counter() - begun, False
    return time.perf_counter() - begun, True


def _figures(found: dict[tuple[str, str], Readings], names: tuple[str, str]) -> Iterator[tuple[str, Figure]]:
    small, large = names
    for kind in _kinds():
        for name, scale in ((small, SMALL), (large, LARGE)):
            readings = found[kind, name]
            yield f"{kind}_{scale}_p50", Figure(round(readings.wall_at(0.5), 2), "ms")
            yield f"{kind}_{scale}_p95", Figure(round(readings.wall_at(0.95), 2), "ms")
            yield f"{kind}_{scale}_cpu", Figure(round(readings.typical_cpu, 2), "ms")
            yield f"{kind}_{scale}_queries", Figure(readings.queries, "queries")
        growth = found[kind, large].typical_cpu / found[kind, small].typical_cpu
        yield f"{kind}_growth", Figure(round(growth, 2), "ratio")
    per_bare = found["lesson", large].typical_cpu / found["bare", large].typical_cpu
    yield "lesson_per_bare", Figure(round(per_bare, 2), "ratio")


def _missed(figures: dict[str, Figure]) -> list[str]:
    """The goals that were not reached, with what was measured."""
    over = [(key, GOALS["growth"]) for key in figures if key.endswith("_growth")]
    over += [(f"lesson_{LARGE}_cpu", GOALS["lesson_cpu_ms"]), ("lesson_per_bare", GOALS["lesson_per_bare"])]
    over += [(f"{kind}_{scale}_queries", goal) for kind, goal in QUERY_GOALS.items() for scale in (SMALL, LARGE)]
    return [f"{key} {figures[key].value} > {goal}" for key, goal in over if figures[key].value > goal]


def main() -> None:
    with ExitStack() as stack:
        server = stack.enter_context(postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="jiqiao-bench-"))
        os.environ.update(
            JIQIAO_DATA_DIR=folder,
            JIQIAO_DEMO="1",
            DJANGO_SETTINGS_MODULE="lms.settings.dev",
            DATABASE_URL=server,
            REDIS_URL="",
        )
        import django
        from django.conf import settings

        settings.DEBUG = False
        django.setup()
        settings.ROOT_URLCONF = "tests.benchmarks.bare"
        names = ("postgres", "large")
        _call("migrate", verbosity=0)
        seconds = {SMALL: _grow(names[0], SMALL)}
        readers = _readers()
        _copy(server, *names)
        seconds[LARGE] = _grow(names[1], LARGE)
        found = _measure(readers, names)
        compared = {name: _compare_progress(name) for name in names}
        from django.db import connection

        connection.close()
    figures = dict(_figures(found, names))
    for (name, (taken, ok)), scale in zip(compared.items(), seconds, strict=True):
        figures[f"seed_{scale}"] = Figure(round(seconds[scale], 1), "s")
        figures[f"compare_progress_{scale}"] = Figure(round(taken, 1), "s")
        figures[f"progress_true_{scale}"] = Figure(float(ok), f"1 where counters equal intervals in {name}")
    for missed in _missed(figures):
        sys.stdout.write(f"goal missed: {missed}\n")
    report("learning", figures)


if __name__ == "__main__":
    main()
