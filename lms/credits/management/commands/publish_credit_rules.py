from typing import Any

from django.utils.translation import gettext as _

from lms.credits.services.rules import publish_shipped_rules
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome


class Command(ContractCommand):
    help = "Lay down the versions of credit rules that come with the platform; again, it changes nothing."

    def carry_out(self, **options: Any) -> Outcome:
        versions = publish_shipped_rules(now=now())
        payload = {"versions": [{"version": each.code, "content_hash": each.content_hash} for each in versions]}
        lines = [
            _("%(version)s is in force from %(day)s on.")
            % {"version": each.code, "day": each.effective_from.isoformat()}
            for each in versions
        ]
        return Outcome(payload, lines or [_("Load a certification scheme first.")], ok=bool(versions))
