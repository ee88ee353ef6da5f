from typing import Any

from lms.demo.seeding import seed_demo
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    """Fill the demonstration with invented organisations, people and content; running it again changes nothing."""

    help = __doc__ or ""

    def carry_out(self, **options: Any) -> Outcome:
        seeded = seed_demo(now=now())
        lines = [f"{login['role']:18} {login['email']}" for login in seeded.logins]
        return Outcome({"logins": seeded.logins}, lines)
