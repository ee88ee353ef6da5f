"""Posting contribution credits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Subquery, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.awarding import WHOLE, Award, award
from lms.credits.engine.rules import Rule, RuleTable
from lms.credits.engine.windows import window_of
from lms.credits.enums import CreditKind, Verification
from lms.credits.models import CreditLine, CreditTotal
from lms.credits.selectors.rules import NoSuchRule, table_for, table_of
from lms.credits.services.posting import Posted, post, tell
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Refusal
from lms.records.services.chain import joined

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.credits.models import CreditRules


class NotByTheRule(Refusal):
    code = "not-by-the-rule"
    message = _("The rule “%(rule)s” gives %(points)s points of the kind “%(kind)s”, and nothing else.")


class DayOutOfRules(Refusal):
    code = "day-out-of-rules"
    message = _("Credits are posted for days from %(first)s to today; %(day)s is not one of them.")


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work as the rules rate it: what was measured, and one person's part in it."""

    measure: Decimal | None = None
    percent: Decimal = WHOLE
    share: Decimal | None = None


def _rule(table: RuleTable, code: str) -> Rule:
    try:
        return table.rule(code)
    except LookupError:
        raise NoSuchRule(version=table.version, rule=code) from None


def _in_the_year(line: CreditLine) -> dict[str, Subquery]:
    """What caps and diminishing returns depend on: points of the kind, and times of the rule, in the line's year."""
    total = CreditTotal.objects.filter(person_id=line.person_id, kind=line.kind, year=line.year)
    lines = CreditLine.objects.filter(person_id=line.person_id, year=line.year, rule=line.rule).values("person_id")
    # A line that was taken back is no longer one of the times.
    once = Case(When(reversal_of=None, then=Value(1)), default=Value(-1), output_field=IntegerField())
    return {
        "kind_hundredths": Subquery(total.values("hundredths")),
        "times": Subquery(lines.annotate(times=Sum(once)).values("times")),
    }


def _rated(line: CreditLine, table: RuleTable, rule: Rule, work: Work, found: Mapping[str, Any]) -> Award:
    return award(
        rule,
        table.kind(rule.kind),
        measure=work.measure,
        percent=work.percent,
        share=work.share,
        kind_points_in_year=Decimal(found["kind_hundredths"] or 0).scaleb(-2),
        nth_in_year=(found["times"] or 0) + 1,
    )


def _post(line: CreditLine, table: RuleTable, rule: Rule, work: Work, words: str, now: datetime) -> Posted[CreditLine]:
    """Give the line what rule and table say of it, and post it; no line where the cap of the year leaves nothing."""
    line.kind, line.rule, line.year = CreditKind(rule.kind), rule.code, line.occurred_on.year
    line.valid_from, line.valid_to = window_of(table.kind(rule.kind), line.occurred_on)

    def rate(found: Mapping[str, Any]) -> bool:
        line.award = _rated(line, table, rule, work, found)
        line.points = line.award.points
        return bool(line.points)

    return post(line=line, words=words, asks=_in_the_year(line), rate=rate, now=now)


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
) -> CreditLine | None:
    """Post what the platform itself measured, once for each `source`, and report it to the requirement tree.

    Call it inside the transaction of the thing that earned the credits. The same source again answers the line
    that is there; with other figures it is refused. `points`, where given, must be what the rule says. The rules are
    those in force that day; nothing is answered when the cap of the year leaves nothing.
    """
    day = occurred_at.astimezone(BEIJING).date()
    table = table_for(organisation_id=organisation_id, on=day)
    given = _rule(table, rule)
    if given.points is None or kind != given.kind or points not in (None, given.points):
        raise NotByTheRule(rule=rule, points=given.points, kind=given.kind)
    line = CreditLine(
        person_id=person_id,
        organisation_id=organisation_id,
        source=source,
        rule_version=table.version,
        occurred_at=occurred_at,
        occurred_on=day,
    )
    with joined():
        posted = _post(line, table, given, Work(), note, now)
        tell(posted, "credits-posted", {"points": line.points}, now=now)
    return posted.line


def post_award(
    *,
    organisation_id: int,
    rules: "CreditRules",
    rule: str,
    source: str,
    occurred_on: date,
    now: datetime,
    person_id: int | None = None,
    person: "Person | None" = None,
    measure: Decimal | None = None,
    percent: Decimal = WHOLE,
    share: Decimal | None = None,
    evidence: str = "",
    evidence_hash: str = "",
    verifier: str = "",
    verification: str = Verification.DOCUMENT_CHECKED,
    text: str = "",
) -> CreditLine | None:
    """Post one person's credits for a piece of work, rated by `rules` under the lock of the person's chain.

    The points are what the rule gives for `measure`, by `percent` (or `share`, that person's part as `split` cut it),
    less what repetition and the cap of the year take; a violation takes points away by the same door. Once for each
    `source`: again, it answers the line that is there. No line where the cap leaves nothing. A new line has `award`,
    the steps by which its points came about. The notice is the caller's: whoever confirms knows what to say.
    """
    table = table_of(rules)
    if not table.no_earlier_than <= occurred_on <= now.astimezone(BEIJING).date():
        raise DayOutOfRules(first=table.no_earlier_than.isoformat(), day=occurred_on.isoformat())
    number = person.pk if person else person_id
    if number is None:
        raise TypeError("post_award wants a person or a person_id")
    line = CreditLine(
        person_id=number,
        organisation_id=organisation_id,
        source=source,
        evidence=evidence,
        evidence_hash=evidence_hash,
        verifier=verifier,
        verification=Verification(verification),
        rule_version=rules.code,
        occurred_at=datetime.combine(occurred_on, time(12), BEIJING),
        occurred_on=occurred_on,
    )
    work = Work(measure, percent, share)
    return _post(line, table, _rule(table, rule), work, text, now).line
