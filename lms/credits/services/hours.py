"""Posting class hours."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import Subquery, Sum
from django.utils.translation import gettext_lazy as _

from lms.credits.models import HourLine, HourTotal
from lms.credits.selectors.rules import table_for
from lms.credits.services.posting import post, tell
from lms.kernel.beijing import BEIJING
from lms.kernel.class_hours import to_class_hours
from lms.kernel.refusals import Refusal
from lms.records.services.chain import joined
from lms.schemes.enums import ModuleCode


class MinutesOutOfRange(Refusal):
    code = "minutes-out-of-range"
    message = _("One line of the hour ledger carries 1 to %(most)s whole minutes; %(minutes)s were given.")


def _so_far(person_id: int) -> dict[str, Subquery]:
    """Minutes and class hours of all lines before, from the person's few totals."""
    mine = HourTotal.objects.filter(person_id=person_id).values("person_id")
    return {name: Subquery(mine.annotate(sum=Sum(name)).values("sum")) for name in ("minutes", "hundredths")}


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
    day = occurred_at.astimezone(BEIJING).date()
    rules = table_for(organisation_id=organisation_id, on=day)
    most = rules.hours.most_minutes_per_line
    if not 1 <= minutes <= most:
        raise MinutesOutOfRange(most=most, minutes=minutes)
    line = HourLine(
        person_id=person_id,
        organisation_id=organisation_id,
        module=ModuleCode(module),
        occurred_on=day,
        year=day.year,
        minutes=minutes,
        source=source,
        rule_version=rules.version,
        occurred_at=occurred_at,
    )

    def rate(found: Mapping[str, Any]) -> bool:
        # All minutes counted together and rounded down once, less what the lines before have given.
        given = Decimal(found["hundredths"] or 0).scaleb(-2)
        line.class_hours = to_class_hours(int(found["minutes"] or 0) + minutes) - given
        return True

    with joined():
        posted = post(line=line, words=note, asks=_so_far(person_id), rate=rate, now=now)
        tell(posted, "hours-posted", {"minutes": minutes}, now=now)
    return cast("HourLine", posted.line)
