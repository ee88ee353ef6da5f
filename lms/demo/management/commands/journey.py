from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from lms.demo.journey import walk
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.kernel.levels import LevelCode


class Command(ContractCommand):
    """Walk one trainee from the roster to a verified certificate, and keep every file of the way."""

    help = __doc__ or ""

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="folder for the files")
        parser.add_argument("--level", type=LevelCode, default=LevelCode.JUNIOR, help="junior, intermediate or senior")
        parser.add_argument("--seed", type=int, default=1, help="which trainee; the same story for the same number")

    def carry_out(self, **options: Any) -> Outcome:
        reports = walk(folder=options["out"], level=options["level"], seed=options["seed"], now=now())
        lines = [f"{'ok    ' if r.ok else 'FAILED'} {r.seconds:7.2f} s  {r.step:22} {r.ref}" for r in reports]
        return Outcome([asdict(report) for report in reports], lines, ok=all(report.ok for report in reports))
