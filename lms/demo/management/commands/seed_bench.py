from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from lms.demo.crowd import seed_bench
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Fill a demonstration with a crowd for load tests: 500 people and 50,000 study intervals a scale."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, required=True, help="how many times 500 people there shall be")

    def carry_out(self, **options: Any) -> Outcome:
        crowd = seed_bench(scale=max(0, options["scale"]), now=now())
        line = (
            f"{crowd.people} people in {crowd.cohorts} cohorts, {crowd.intervals} intervals; {crowd.added_people} new"
        )
        return Outcome(asdict(crowd), [line])
