"""Posting contribution credits."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.models import CreditLine
from lms.credits.services.posting import chain, once, tell, write_down
from lms.credits.services.rules import rule_table
from lms.kernel.refusals import Refusal


class NotByTheRule(Refusal):
    code = "not-by-the-rule"
    message = _("The rule “%(rule)s” gives %(points)s points of the kind “%(kind)s”, and nothing else.")


def _write(line: CreditLine, now: datetime) -> None:
    chain(line, now=now)
    write_down(line, now=now)
    tell(line, "credits-posted", {"points": line.points}, now=now)


@transaction.atomic
def post_points(
    *,
    person_id: int,
    organisation_id: int,
    kind: str,
    rule: str,
    source: str,
    occurred_at: datetime,
    now: datetime,
    points: Decimal | None = None,
    note: str = "",
) -> CreditLine:
    """Post the credits that `rule` gives, once for each `source`, and report them to the requirement tree.

    Call it inside the transaction of the thing that earned them. The same source again answers the line
    that is there; with other figures it is refused. `points`, where given, must be what the rule says.
    """
    rules = rule_table()
    given = rules.rule(rule)
    if kind != given.kind or points not in (None, given.points):
        raise NotByTheRule(rule=rule, points=given.points, kind=given.kind.value)
    line = CreditLine(
        person_id=person_id,
        organisation_id=organisation_id,
        format=1,
        occurred_on=occurred_at.astimezone(rules.zone).date(),
        year=rules.year_of(occurred_at),
        kind=given.kind,
        rule=rule,
        points=given.points,
        source=source,
        note=note,
        rule_version=rules.version,
        occurred_at=occurred_at,
    )
    return once(line, lambda new: _write(new, now))
