"""Which credit rules are in force for whom, on which day.

The versions that come with the platform stand in `lms/credits/data/` and are laid down as rows by
`publish_shipped_rules`; `rules_for` lays them down itself where there are none yet, so that a new platform needs no
extra step. Without a certification scheme there can be no row, and what the platform measures is rated by the files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache as kept
from pathlib import Path
from typing import TypeVar

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.reading import dump_table, hash_of, read_table
from lms.credits.engine.rules import RuleTable
from lms.credits.enums import RulesState
from lms.credits.models import CreditRules
from lms.kernel import clock
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import NotFound
from lms.schemes.selectors.current import default_scheme

DATA = Path(__file__).resolve().parent.parent / "data"
# By the day from which each is in force; before the first of them the first applies as well.
SHIPPED = (("2026-1", date(2025, 1, 1)), ("2026-2", date(2026, 1, 1)))
_KEY = "credits.rules-in-force"
_SECONDS = 300
Thing = TypeVar("Thing")


class NoCreditRules(NotFound):
    """Neither a version in the database nor a scheme for which one could be laid down."""

    code = "no-credit-rules"
    message = _("No rules for contribution credits are in force yet.")


class NoSuchRules(NotFound):
    """Nobody has published a version of this code."""

    code = "no-such-credit-rules"
    message = _("There is no version %(version)s of the credit rules.")


class NoSuchRule(NotFound):
    """The version does not know the rule."""

    code = "unknown-credit-rule"
    message = _("The rule table %(version)s has no rule “%(rule)s”.")


@dataclass(frozen=True, slots=True)
class Published:
    """A published version, without its table."""

    pk: int
    organisation_id: int | None
    code: str
    effective_from: date
    content_hash: str


def rules_for(*, organisation_id: int | None, on: date) -> CreditRules:
    """The version in force on a day: the organisation's own where it has one, else the scheme's (≤ 1 query, warm)."""
    found = _chosen(organisation_id, on)
    rules = CreditRules.objects.filter(pk=found.pk).first() if found else None
    if rules is None:
        forget_rules_in_force()
        lay_shipped_rules()
        found = _chosen(organisation_id, on)
        if found is None:
            raise NoCreditRules
        rules = CreditRules.objects.get(pk=found.pk)
    return rules


def table_for(*, organisation_id: int | None, on: date) -> RuleTable:
    """The rule table in force on a day (no query once known); the shipped one where nothing was published yet."""
    found = _chosen(organisation_id, on)
    if found is None:
        return _last_until([(day, shipped_table(name)) for name, day in SHIPPED], on)
    return _table(found.content_hash, found.pk)


def table_of(rules: CreditRules) -> RuleTable:
    """The rule table of a version (no query)."""
    if rules.state == RulesState.DRAFT:
        return read_table(rules.data)
    return _KNOWN.get(rules.content_hash) or _remember(rules)


def rules_by_code(code: str) -> CreditRules:
    """The published version that lines name by this code."""
    rules = CreditRules.objects.filter(code=code, state=RulesState.PUBLISHED).first()
    if rules is None:
        raise NoSuchRules(version=code)
    return rules


def table_by_code(code: str) -> RuleTable:
    """The table of the version that a line names (no query once known)."""
    found = next((each for each in published_rules() if each.code == code), None)
    if found:
        return _table(found.content_hash, found.pk)
    name = next((name for name, _day in SHIPPED if shipped_table(name).version == code), None)
    if name is None:
        raise NoSuchRules(version=code)
    return shipped_table(name)


def published_rules() -> Sequence[Published]:
    """Every published version by its first day (no query once known; at most five minutes old elsewhere)."""
    known: Sequence[Published] | None = cache.get(_KEY)
    if known is None:
        names = ("pk", "organisation_id", "code", "effective_from", "content_hash")
        rows = CreditRules.objects.filter(state=RulesState.PUBLISHED).order_by("effective_from", "pk")
        known = [Published(*row) for row in rows.values_list(*names)]
        cache.set(_KEY, known, _SECONDS)
    return known


def forget_rules_in_force() -> None:
    """Look again which versions there are: now, and once more when the transaction is through."""
    cache.delete(_KEY)
    transaction.on_commit(lambda: cache.delete(_KEY))


@kept
def shipped_table(name: str) -> RuleTable:
    """The rule table in `lms/credits/data/rules-<name>.yaml`."""
    return read_table(parse_yaml((DATA / f"rules-{name}.yaml").read_text(encoding="utf-8")))


def lay_shipped_rules() -> list[CreditRules]:
    """Lay the shipped versions down that are not there yet; nothing without a scheme to which they could belong."""
    scheme = default_scheme()
    if scheme is None:
        return []
    laid = []
    for name, day in SHIPPED:
        table = shipped_table(name)
        rules, made = CreditRules.objects.get_or_create(
            code=table.version,
            defaults={
                "scheme_id": scheme.pk,
                "title": table.title,
                "title_en": table.title_en,
                "effective_from": day,
                "state": RulesState.PUBLISHED,
                "data": dump_table(table),
                "content_hash": hash_of(table),
                "drafted_at": clock.now(),
                "published_at": clock.now(),
            },
        )
        laid += [rules] if made else []
    if laid:
        forget_rules_in_force()
    return laid


def _chosen(organisation_id: int | None, on: date) -> Published | None:
    versions = published_rules()
    own = [each for each in versions if each.organisation_id == organisation_id and each.effective_from <= on]
    if own and organisation_id is not None:
        return own[-1]
    common = [(each.effective_from, each) for each in versions if each.organisation_id is None]
    return _last_until(common, on) if common else None


def _last_until(dated: Sequence[tuple[date, Thing]], on: date) -> Thing:
    """What began last until `on`; the first of all before it began."""
    begun = [thing for day, thing in dated if day <= on]
    return begun[-1] if begun else dated[0][1]


_KNOWN: dict[str, RuleTable] = {}


def _table(content_hash: str, pk: int) -> RuleTable:
    return _KNOWN.get(content_hash) or _remember(CreditRules.objects.get(pk=pk))


def _remember(rules: CreditRules) -> RuleTable:
    if len(_KNOWN) > 200:
        _KNOWN.clear()
    return _KNOWN.setdefault(rules.content_hash, read_table(rules.data))
