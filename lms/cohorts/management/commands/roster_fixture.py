from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from lms.cohorts.services.rosters.samples import samples
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Write sample rosters into a folder: a good one, and one for every mistake that bases make."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--out", required=True, help="folder to write into; made if it is not there")

    def carry_out(self, **options: Any) -> Outcome:
        folder = Path(options["out"])
        folder.mkdir(parents=True, exist_ok=True)
        written = samples()
        for sample in written:
            (folder / sample.name).write_bytes(sample.content)
        files = [{"name": sample.name, "about": sample.about} for sample in written]
        return Outcome({"out": str(folder), "files": files}, [f"{file['name']}: {file['about']}" for file in files])
