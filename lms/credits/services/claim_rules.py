"""By which rule work of a day is claimed, and until when."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lms.credits.selectors.rules import rules_for, table_of
from lms.kernel.refusals import Refusal

from .claim_states import day_of

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule, RuleTable
    from lms.credits.models import CreditRules


class NothingToClaim(Refusal):
    """The rules of that day give nothing for it, or nothing that is claimed."""

    code = "no-rule-to-claim-by"
    message = _("The credit rules %(version)s, in force on that day, have nothing to claim under “%(rule)s”.")


class WorkAhead(Refusal):
    """Nobody earns for what has not happened."""

    code = "claim-ahead"
    message = _("Credits are for what has happened, so the day cannot lie ahead.")


class BeforeTheScheme(Refusal):
    """Older than the rules."""

    code = "claim-before-scheme"
    message = _("The credit scheme counts work from %(first)s on; the day lies before it.")


class ClaimTooLate(Refusal):
    """Too long ago to be checked."""

    code = "claim-too-late"
    message = _("Work is claimed within %(days)s days; for this day the time ended on %(last)s.")


def rule_then(organisation_id: int, code: str, occurred_on: date, now: datetime) -> "tuple[CreditRules, Rule]":
    """The rules of the day and the one that is meant, while work of that day can be claimed."""
    today = day_of(now)
    if occurred_on > today:
        raise WorkAhead
    rules = rules_for(organisation_id=organisation_id, on=occurred_on)
    table = table_of(rules)
    rule = _claimable(table, code)
    # Where the rules of that day knew no claims yet, those of today say since when there are some.
    first = (table if rule else table_of(rules_for(organisation_id=organisation_id, on=today))).no_earlier_than
    if occurred_on < first:
        raise BeforeTheScheme(first=first.isoformat())
    if rule is None:
        raise NothingToClaim(version=rules.code, rule=code)
    last = last_day_for(table, occurred_on)
    if today > last:
        raise ClaimTooLate(days=table.claims.days_to_hand_in, last=last.isoformat())
    return rules, rule


def _claimable(table: "RuleTable", code: str) -> "Rule | None":
    return next((rule for rule in table.rules if rule.code == code and rule.by == "claim"), None)


def last_day_for(table: "RuleTable", occurred_on: date) -> date:
    """Until when work of that day can be handed in."""
    return occurred_on + timedelta(days=table.claims.days_to_hand_in)
