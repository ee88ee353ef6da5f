from typing import Any

from django.core.management.base import CommandParser

from lms.demo.seeding import seed_demo
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    """Fill the demonstration with invented organisations, people and content; running it again changes nothing."""

    help = __doc__ or ""

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=0, help="fill the first base with this many people (496)")

    def carry_out(self, **options: Any) -> Outcome:
        seeded = seed_demo(now=now(), people=max(0, options["people"]))
        lines = [f"{login['role']:18} {login['email']}" for login in seeded.logins]
        return Outcome({"logins": seeded.logins}, lines)
