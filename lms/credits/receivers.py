"""What this room hears from the rooms below."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from lms.credits.selectors.portfolios import OURS
from lms.credits.services.portfolio_gates import hear_experts
from lms.marking.signals import script_decided

if TYPE_CHECKING:
    from lms.marking.models import Outcome


@receiver(script_decided, dispatch_uid="credits.script-decided")
def experts_decided(sender: Any, *, source: str, outcome: "Outcome", now: datetime, **rest: Any) -> None:
    """The experts' points of a portfolio stand."""
    if source.startswith(OURS):
        hear_experts(source=source, outcome=outcome, now=now)
