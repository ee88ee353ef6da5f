import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from lms.cohorts.enums import Role
from lms.demo.logins import bench_logins
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Write cookies of people who are signed in: {login: {cookie, csrf}}."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--role", type=Role, choices=list(Role), required=True)
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def carry_out(self, **options: Any) -> Outcome:
        logins = bench_logins(role=options["role"], count=options["count"], now=now())
        options["out"].write_text(json.dumps(logins, indent=1) + "\n")
        return Outcome({"logins": len(logins), "file": options["out"].name}, [f"{len(logins)} logins written"])
