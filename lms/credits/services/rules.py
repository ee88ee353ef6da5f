"""The rules that come with the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.reading import hash_of
from lms.credits.enums import CreditKind
from lms.credits.models import CreditRules
from lms.credits.selectors.rules import SHIPPED, NoSuchRule, lay_shipped_rules, shipped_table
from lms.kernel.refusals import Conflict
from lms.records.services import audit

CURRENT = "2026-1"
UnknownRule = NoSuchRule


class ShippedRulesChanged(Conflict):
    """A published version never changes, not even by a new release."""

    code = "shipped-rules-changed"
    message = _(
        "Version %(version)s of the credit rules is published with other contents than its file has. Give the changed "
        "file a new version."
    )


@transaction.atomic
def publish_shipped_rules(*, now: datetime) -> list[CreditRules]:
    """Lay down the versions shipped in `lms/credits/data/`; again, it changes nothing. Answers all of them."""
    laid = lay_shipped_rules()
    for rules in laid:
        audit.record(
            action="credits.rules-published",
            actor="system",
            subject=f"credits.rules:{rules.pk}",
            detail={"version": rules.code, "content_hash": rules.content_hash},
            now=now,
        )
    tables = {shipped_table(name).version: shipped_table(name) for name, _day in SHIPPED}
    shipped = list(CreditRules.objects.filter(code__in=tables).order_by("effective_from"))
    for rules in shipped:
        if rules.content_hash != hash_of(tables[rules.code]):
            raise ShippedRulesChanged(version=rules.code)
    return shipped


@dataclass(frozen=True, slots=True)
class PlatformRule:
    """What posting reads of a rule of the platform."""

    kind: CreditKind
    points: Decimal
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class PlatformTable:
    """What posting reads of a shipped table."""

    version: str
    zone: ZoneInfo
    most_minutes_per_line: int
    credits: Mapping[str, PlatformRule]

    def year_of(self, moment: datetime) -> int:
        """The calendar year that a class hour earned at `moment` belongs to."""
        return moment.astimezone(self.zone).year

    def rule(self, code: str) -> PlatformRule:
        try:
            return self.credits[code]
        except KeyError:
            raise NoSuchRule(version=self.version, rule=code) from None


def rule_table(name: str = CURRENT) -> PlatformTable:
    """The shipped table of this name, as posting reads it."""
    table = shipped_table(name)
    return PlatformTable(
        version=table.version,
        zone=ZoneInfo(table.time_zone),
        most_minutes_per_line=table.hours.most_minutes_per_line,
        credits={
            rule.code: PlatformRule(CreditKind(rule.kind), rule.points, rule.title, rule.title_en)
            for rule in table.rules
            if rule.points is not None
        },
    )
