"""The rule table: what earns how many credits, read from data, one version at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from lms.credits.enums import CreditKind
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Refusal

CURRENT = "2026-1"
DATA = Path(__file__).resolve().parent.parent / "data"


class UnknownRule(Refusal):
    code = "unknown-credit-rule"
    message = _("The rule table %(version)s has no rule “%(rule)s”.")


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One thing that earns credits."""

    code: str
    kind: CreditKind
    points: Decimal
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One version of the rules."""

    version: str
    zone: ZoneInfo
    most_minutes_per_line: int
    credits: Mapping[str, CreditRule]

    def year_of(self, moment: datetime) -> int:
        """The calendar year that a class hour earned at `moment` belongs to."""
        return moment.astimezone(self.zone).year

    def rule(self, code: str) -> CreditRule:
        try:
            return self.credits[code]
        except KeyError:
            raise UnknownRule(version=self.version, rule=code) from None


def _credit_rule(entry: Mapping[str, str]) -> CreditRule:
    return CreditRule(
        code=entry["code"],
        kind=CreditKind(entry["kind"]),
        points=Decimal(entry["points"]),
        title=entry["title"],
        title_en=entry["title_en"],
    )


@cache
def rule_table(name: str = CURRENT) -> RuleTable:
    """The rule table in `lms/credits/data/rules-<name>.yaml`."""
    data = parse_yaml((DATA / f"rules-{name}.yaml").read_text(encoding="utf-8"))
    rules = [_credit_rule(entry) for entry in data["credits"]]
    return RuleTable(
        version=data["version"],
        zone=ZoneInfo(data["time_zone"]),
        most_minutes_per_line=data["hours"]["most_minutes_per_line"],
        credits={rule.code: rule for rule in rules},
    )
