"""The embedded worker: looks for due jobs in the database, no broker needed."""

import logging
import os
import signal
import socket
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from lms.jobs.services.scheduling import tick
from lms.jobs.services.sweeping import sweep
from lms.jobs.services.work import run_one
from lms.kernel import clock
from lms.kernel.commands import ContractCommand, Outcome

_log = logging.getLogger(__name__)


class Command(ContractCommand):
    help = "Carry out background work until stopped; SIGTERM lets the job in hand end first."

    def add_options(self, parser: ArgumentParser) -> None:
        length = parser.add_mutually_exclusive_group()
        length.add_argument("--once", action="store_true", help="carry out one job and end")
        length.add_argument("--drain", action="store_true", help="carry out what is due and end")
        parser.add_argument("--worker", default="", help="name of this worker in the rows")
        parser.add_argument("--poll", type=float, default=0.5, help="seconds between looks at an empty queue")
        parser.add_argument("--sweep", type=float, default=10, help="seconds between sweeps")

    def carry_out(self, **options: Any) -> Outcome:
        self.worker = options["worker"] or f"{socket.gethostname()}:{os.getpid()}"
        self.stopped = threading.Event()
        with self._stopping_gently():
            done = self._work(options)
        return Outcome({"worker": self.worker, "jobs": done}, [f"{self.worker}: {done}"])

    @contextmanager
    def _stopping_gently(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield  # only the main thread may handle signals
            return
        before = {
            number: signal.signal(number, lambda *_: self.stopped.set()) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _work(self, options: dict[str, Any]) -> int:
        done, next_sweep = 0, clock.now()
        while not self.stopped.is_set():
            try:
                if clock.now() >= next_sweep:
                    next_sweep = clock.now() + timedelta(seconds=options["sweep"])
                    sweep(now=clock.now())
                    tick(now=clock.now())
                worked = run_one(worker=self.worker, now=clock.now(), clock=clock.now)
            except (OperationalError, InterfaceError):
                if options["once"] or options["drain"]:
                    raise
                _log.warning("The database does not answer; trying again.", exc_info=True)
                connection.close()
                worked = False
            done += worked
            if options["once"] or (options["drain"] and not worked):
                break
            if not worked:
                close_old_connections()
                self.stopped.wait(options["poll"])
        return done
