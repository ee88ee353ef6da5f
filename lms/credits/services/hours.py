"""Posting class hours."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from lms.credits.models import HourLine
from lms.credits.selectors.figures import hundredths
from lms.credits.services.posting import chain, once, tell, write_down
from lms.credits.services.rules import rule_table
from lms.kernel.class_hours import to_class_hours
from lms.kernel.refusals import Refusal
from lms.schemes.enums import ModuleCode


class MinutesOutOfRange(Refusal):
    code = "minutes-out-of-range"
    message = _("One line of the hour ledger carries 1 to %(most)s whole minutes; %(minutes)s were given.")


def _class_hours_added(line: HourLine) -> Decimal:
    """What the line adds to the person's class hours, all minutes counted together and rounded down once."""
    before = HourLine.objects.of(line.person_id).aggregate(minutes=Sum("minutes"), hours=Sum("class_hours"))
    return to_class_hours((before["minutes"] or 0) + line.minutes) - hundredths(before["hours"])


def _write(line: HourLine, now: datetime) -> None:
    chain(line, now=now)
    line.class_hours = _class_hours_added(line)
    write_down(line, now=now)
    tell(line, "hours-posted", {"minutes": line.minutes}, now=now)


@transaction.atomic
def post_class_hours(
    *,
    person_id: int,
    organisation_id: int,
    module: str,
    minutes: int,
    source: str,
    occurred_at: datetime,
    now: datetime,
    note: str = "",
) -> HourLine:
    """Post `minutes` of study in `module`, once for each `source`, and report them to the requirement tree.

    Call it inside the transaction of the thing that earned them. The same source again answers the line
    that is there; with other figures it is refused.
    """
    rules = rule_table()
    if not 1 <= minutes <= rules.most_minutes_per_line:
        raise MinutesOutOfRange(most=rules.most_minutes_per_line, minutes=minutes)
    line = HourLine(
        person_id=person_id,
        organisation_id=organisation_id,
        module=ModuleCode(module),
        format=1,
        occurred_on=occurred_at.astimezone(rules.zone).date(),
        year=rules.year_of(occurred_at),
        minutes=minutes,
        source=source,
        note=note,
        rule_version=rules.version,
        occurred_at=occurred_at,
    )
    return once(line, lambda new: _write(new, now))
