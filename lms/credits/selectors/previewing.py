"""What confirming claims would post, reckoned by the same engine as posting."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count

from lms.credits.engine.awarding import NOTHING, WHOLE, Award, NoMeasure, award, base_of, percent_of_nth, rounded, split
from lms.credits.models import ClaimShare, CreditLine, CreditTotal

from .rules import table_of

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule
    from lms.credits.models import Claim

Times = dict[tuple[int, str, int], int]
Points = dict[tuple[int, str, int], Decimal]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one share would come to today."""

    share: ClaimShare
    award: Award


def measure_in(claim: "Claim", rule: "Rule") -> Decimal | None:
    """The figure by which the rule reckons, as the claim says it."""
    said = claim.fields.get(rule.measure_field or "")
    return Decimal(said) if said else None


def rated_at(claim: "Claim") -> Decimal | None:
    """What the whole work is rated at, before repetition, shares and caps (no query); nothing without its figure."""
    rule = table_of(claim.rules).rule(claim.rule)
    try:
        return base_of(rule, measure_in(claim, rule)).points
    except NoMeasure:
        return None


def foresee(claims: Sequence["Claim"]) -> dict[int, list[Foreseen]]:
    """What the shares of each claim would come to, one claim after the other (two queries, shares being there)."""
    people = {share.person_id for claim in claims for share in claim.shares.all()}
    times, points = _times(people), _points(people)
    told: dict[int, list[Foreseen]] = {}
    for claim in claims:
        told[claim.pk] = _foresee(claim, times, points)
    return told


def _foresee(claim: "Claim", times: Times, points: Points) -> list[Foreseen]:
    table = table_of(claim.rules)
    rule, kind, year = table.rule(claim.rule), table.kind(claim.kind), claim.occurred_on.year
    whole, shares = rated_at(claim), sorted(claim.shares.all(), key=lambda share: share.person_id)
    if whole is None:
        return []
    told = []
    for share, part in zip(shares, split(whole, [share.percent for share in shares]), strict=True):
        of_rule, of_kind = (share.person_id, rule.code, year), (share.person_id, claim.kind, year)
        given = award(
            rule,
            kind,
            measure=measure_in(claim, rule),
            percent=share.percent,
            kind_points_in_year=points[of_kind],
            nth_in_year=times[of_rule] + 1,
            share=part,
        )
        points[of_kind] += given.points
        times[of_rule] += 1 if given.points else 0
        told.append(Foreseen(share, given))
    return told


def rest_of(claim: "Claim", rule: "Rule", share: ClaimShare, part: Decimal) -> Decimal:
    """What a share comes to after repetition and before the cap of the year (one query where repetition counts)."""
    if part <= 0 or not rule.diminishing:
        return part
    nth = _times({share.person_id})[(share.person_id, rule.code, claim.occurred_on.year)] + 1
    return rounded(part * percent_of_nth(rule, nth) / WHOLE)


def _times(people: set[int]) -> Times:
    """How often each person was credited by each rule in each year, without what was taken back (one query)."""
    lines = CreditLine.objects.filter(person__in=people, reversal_of__isnull=True, reversed_by__isnull=True)
    found = lines.order_by().values_list("person", "rule", "year").annotate(number=Count("pk"))
    return defaultdict(int, {(person, rule, year): number for person, rule, year, number in found})


def _points(people: set[int]) -> Points:
    """What each person has of each kind in each year (one query)."""
    totals = CreditTotal.objects.filter(person__in=people)
    return defaultdict(lambda: NOTHING, {(each.person_id, each.kind, each.year): each.points for each in totals})
