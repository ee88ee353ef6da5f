"""What confirming a claim would post, reckoned by the same engine as posting."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count

from lms.credits.engine.awarding import Award, NoMeasure, award, base_of, percent_of_nth, rounded, split
from lms.credits.models import ClaimShare, CreditLine, CreditTotal

from .rules import table_of

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule
    from lms.credits.models import Claim

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one share would come to today."""

    share: ClaimShare
    award: Award


def previous_pieces(person_ids: list[int], rule: str, year: int) -> dict[int, int]:
    """How many pieces of work under this rule each person was credited with in the year (one query)."""
    lines = CreditLine.objects.filter(
        person__in=person_ids, year=year, rule=rule, reversal_of__isnull=True, reversed_by__isnull=True
    )
    return dict(lines.order_by().values_list("person").annotate(number=Count("pk")))


def points_in_year(person_ids: list[int], kind: str, year: int) -> dict[int, Decimal]:
    """What each person has of the kind in the year (one query)."""
    totals = CreditTotal.objects.filter(person__in=person_ids, kind=kind, year=year)
    return {total.person_id: total.points for total in totals}


def foresee(claim: "Claim", shares: list[ClaimShare], measure: Decimal | None) -> list[Foreseen]:
    """What each share would come to if the claim were confirmed now (two queries); nothing without a figure."""
    table = table_of(claim.rules)
    rule, kind = table.rule(claim.rule), table.kind(claim.kind)
    try:
        base = base_of(rule, measure).points
    except NoMeasure:
        return []
    people, year = [share.person_id for share in shares], claim.occurred_on.year
    before, had = previous_pieces(people, rule.code, year), points_in_year(people, claim.kind, year)
    parts = split(base, [share.percent for share in shares])
    return [
        Foreseen(
            share,
            award(
                rule,
                kind,
                measure=measure,
                percent=share.percent,
                kind_points_in_year=had.get(share.person_id, NOTHING),
                nth_in_year=before.get(share.person_id, 0) + 1,
                share=part,
            ),
        )
        for share, part in zip(shares, parts, strict=True)
    ]


def rest_of(claim: "Claim", rule: "Rule", share: ClaimShare, part: Decimal) -> Decimal:
    """What a share comes to after repetition and before the cap of the year (one query where repetition counts)."""
    if part <= 0 or not rule.diminishing:
        return part
    nth = previous_pieces([share.person_id], rule.code, year_of(claim.occurred_on)).get(share.person_id, 0) + 1
    return rounded(part * percent_of_nth(rule, nth) / Decimal(100))


def year_of(day: date) -> int:
    """The year whose caps a piece of work counts towards."""
    return day.year
