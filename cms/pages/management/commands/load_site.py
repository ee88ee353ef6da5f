from typing import Any

from cms.pages.services.loading import load_site
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    """Bring the texts of the public site in from their files; what an editor has changed since is left alone."""

    help = __doc__ or ""

    def carry_out(self, **options: Any) -> Outcome:
        done = load_site(now=now())
        payload = {"written": done.written, "unchanged": done.unchanged, "edited": done.edited}
        lines = [f"{what:10} {len(keys)}" for what, keys in payload.items()]
        return Outcome(payload, [*lines, *(f"edited     {key}" for key in done.edited)])
