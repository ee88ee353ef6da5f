"""What a dry run saw, in words and as a file."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lms.credits.models import CreditRules, RulesTrialChange
from lms.credits.selectors.rule_words import local
from lms.credits.selectors.rules import table_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

WHY: dict[str, Promise] = {
    "base": gettext_lazy("the rule gives other points"),
    "band": gettext_lazy("the amount lies in another band, or the band gives other points"),
    "per": gettext_lazy("a unit gives other points"),
    "most": gettext_lazy("more than one piece of work can give"),
    "shared": gettext_lazy("the whole is rated otherwise, and the share with it"),
    "diminished": gettext_lazy("repetition in the year lessens it"),
    "capped": gettext_lazy("the cap of the year is reached"),
    "gone": gettext_lazy("the draft has no such rule"),
}
# What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def in_words(changes: Iterable[RulesTrialChange], rules: CreditRules) -> None:
    """Give each change its `gain`, and each of its lines as `told`: title, figures and reason (no query)."""
    titles = _titles(rules)
    for change in changes:
        change.gain = change.after - change.before  # type: ignore[attr-defined]
        change.told = [_told(line, titles) for line in change.lines]  # type: ignore[attr-defined]


def csv_of(changes: "QuerySet[RulesTrialChange]", rules: CreditRules) -> bytes:
    """A row for every line that would change, in UTF-8 with its mark, so that spreadsheets read Chinese."""
    titles, out = _titles(rules), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            pgettext("of a person", "Name"),
            _("Balance now"),
            _("Balance by the draft"),
            _("Rule"),
            _("Year"),
            _("Points now"),
            _("Points by the draft"),
            _("Why"),
        ]
    )
    for change in changes.iterator(chunk_size=500):
        for line in change.lines:
            told = _told(line, titles)
            figures = [f"{change.before:.2f}", f"{change.after:.2f}"]
            row = [_defused(told["title"]), line["year"], line["before"], line["after"], told["why"]]
            writer.writerow([_defused(change.person.real_name), *figures, *row])
    return out.getvalue().encode("utf-8-sig")


def _titles(rules: CreditRules) -> dict[str, str]:
    tables = [table_of(each) for each in (rules.based_on, rules) if each is not None]
    return {rule.code: local(rule, "title") for table in tables for rule in table.rules}


def _told(line: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    before, after = Decimal(line["before"]), Decimal(line["after"])
    return {
        "title": titles.get(line["rule"], line["rule"]),
        "year": line["year"],
        "before": before,
        "after": after,
        "why": str(WHY.get(line["why"], "")),
    }


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
