"""Versions of credit rules for the desk: which one may see, what each says, what is different."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import organisations_of
from lms.credits.engine.rules import Rule, RuleTable
from lms.credits.enums import CreditKind, RulesState
from lms.credits.models import CreditRules
from lms.credits.selectors.rule_words import BY, asks, gives, lessened, local, strongest, terms_of
from lms.credits.selectors.rules import table_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words."""

    code: str
    title: str
    note: str
    gives: list[str]
    lessened: list[str]
    asks: list[str]
    by: str
    shared: bool
    unique_number: bool
    verification: str


@dataclass(frozen=True, slots=True)
class KindPart:
    """One kind of work in words."""

    code: str
    label: str
    terms: list[str]
    practice: bool
    rules: list[RuleLine]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that was changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A rule or part that is new (+), taken out (−) or changed (~)."""

    sign: str
    label: str
    entries: tuple[Entry, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one kind of work, or of what holds for all."""

    title: str
    changes: tuple[Change, ...]


def versions_for(user: "User | AnonymousUser") -> QuerySet[CreditRules]:
    """Every version that `user` may see, newest first, with whose it is and what it came from (one query)."""
    return CreditRules.objects.visible_to(user).select_related("organisation", "based_on").defer("data")


def version_for(user: "User | AnonymousUser", uid: Any) -> CreditRules | None:
    """One version that `user` may see (one query)."""
    related = ("organisation", "based_on", "drafted_by__person", "published_by__person")
    return CreditRules.objects.visible_to(user).select_related(*related).filter(uid=uid).first()


def owners_for(user: "User | AnonymousUser") -> "list[Organisation]":
    """Organisations whose rules `user` may change (one query)."""
    return list(organisations_of(user, Role.BASE_MANAGER).order_by("code"))


def with_own_rules(on: date) -> "list[Organisation]":
    """Organisations that rate by rules of their own on a day, by code (one query)."""
    own = CreditRules.objects.filter(
        organisation__isnull=False, state=RulesState.PUBLISHED, effective_from__lte=on
    ).select_related("organisation")
    found = {rules.organisation.pk: rules.organisation for rules in own.defer("data") if rules.organisation}
    return sorted(found.values(), key=lambda organisation: organisation.code)


def parts_of(table: RuleTable) -> list[KindPart]:
    """The whole table in words, by stage of work."""
    return [
        KindPart(
            kind.value,
            str(kind.label),
            terms_of(table.kind(kind)),
            any(rule.practice for rule in table.rules_of(kind)),
            [line_of(rule) for rule in table.rules_of(kind)],
        )
        for kind in CreditKind
        if table.rules_of(kind)
    ]


def line_of(rule: Rule) -> RuleLine:
    """One rule in words."""
    return RuleLine(
        rule.code,
        local(rule, "title"),
        local(rule, "note"),
        gives(rule),
        lessened(rule),
        asks(rule),
        str(BY[rule.by]),
        rule.shared,
        rule.unique_number,
        strongest(rule),
    )


LABELS: dict[str, Promise] = {
    "title": gettext_lazy("Chinese title"),
    "title_en": gettext_lazy("English title"),
    "note": gettext_lazy("What counts (Chinese)"),
    "note_en": gettext_lazy("What counts (English)"),
    "by": gettext_lazy("How it comes about"),
    "shared": gettext_lazy("Can be shared with others"),
    "unique_number": gettext_lazy("One contract number counts once"),
    "files": gettext_lazy("Least number of files"),
    "verification": gettext_lazy("Strongest verification that its evidence allows"),
    "kind": pgettext_lazy("of credits", "Kind"),
    "practice": gettext_lazy("Counts as practice"),
    "practice_percent": gettext_lazy("Least share from practice, in percent"),
    "no_earlier_than": gettext_lazy("Nothing counts from before"),
    "source": gettext_lazy("Source of the figures (Chinese)"),
    "source_en": gettext_lazy("Source of the figures (English)"),
    "two_people_from": gettext_lazy("Two people confirm from this many points on"),
    "days_to_hand_in": gettext_lazy("Days to hand a claim in, from the day of the work"),
    "days_to_answer": gettext_lazy("Days to answer a claim"),
    "days_to_complete": gettext_lazy("Days to complete a returned claim"),
    "days_to_appeal": gettext_lazy("Days to appeal a rejection"),
    "audit_percent": gettext_lazy("Confirmed claims drawn for a second look, in percent"),
}
_GENERAL = ("title", "title_en", "practice_percent", "no_earlier_than", "source", "source_en")


def differences(rules: CreditRules) -> list[Section]:
    """What a version says otherwise than the one it is based on; parts without a change are left out."""
    if rules.based_on is None:
        return []
    new, old = table_of(rules), table_of(rules.based_on)
    sections = [Section(_("What holds for all kinds"), tuple(_general(old, new)))]
    for kind in CreditKind:
        terms = _entry(_("Cap and window"), " · ".join(terms_of(old.kind(kind))), " · ".join(terms_of(new.kind(kind))))
        changes = [Change("~", str(kind.label), terms)] if terms else []
        changes += _rules(old.rules_of(kind), new.rules_of(kind))
        sections.append(Section(str(kind.label), tuple(changes)))
    return [section for section in sections if section.changes]


def _general(old: RuleTable, new: RuleTable) -> Iterator[Change]:
    before, after = _facts(old), _facts(new)
    entries = [each for name in before for each in _entry(str(LABELS[name]), before[name], after[name])]
    entries += _entry(_("Stars"), _stars(old), _stars(new))
    if entries:
        yield Change("~", _("Terms of claims, stars and practice"), tuple(entries))


def _facts(table: RuleTable) -> dict[str, str]:
    claims = {name: _said(value) for name, value in table.claims.model_dump().items()}
    return {**{name: _said(getattr(table, name)) for name in _GENERAL}, **claims}


def _stars(table: RuleTable) -> str:
    return " · ".join(f"{'★' * star.stars} {star.points}" for star in table.stars)


def _rules(old: tuple[Rule, ...], new: tuple[Rule, ...]) -> Iterator[Change]:
    was, now = {rule.code: rule for rule in old}, {rule.code: rule for rule in new}
    for code, rule in now.items():
        if code not in was:
            yield Change("+", local(rule, "title"), says=" · ".join(gives(rule)))
        elif was[code] != rule:
            yield Change("~", local(rule, "title"), tuple(_entries(was[code], rule)))
    for code, rule in was.items():
        if code not in now:
            yield Change("−", local(rule, "title"), says=" · ".join(gives(rule)))


def _entries(old: Rule, new: Rule) -> Iterator[Entry]:
    yield from _entry(_("Gives"), " · ".join(gives(old)), " · ".join(gives(new)))
    yield from _entry(_("Repetition"), " · ".join(lessened(old)), " · ".join(lessened(new)))
    yield from _entry(_("Asks for"), _fields(old), _fields(new))
    for name, label in LABELS.items():
        if hasattr(old, name):
            yield from _entry(str(label), _said(getattr(old, name)), _said(getattr(new, name)))


def _fields(rule: Rule) -> str:
    """Every field with what it holds; the words under it are part of it too."""
    parts = []
    for field in rule.fields:
        options = ", ".join(choice.label for choice in field.choices)
        words = [local(field, "label"), local(field, "hint"), options, "" if field.required else _("may stay empty")]
        parts.append(" – ".join(word for word in words if word))
    return " · ".join(parts)


def _entry(label: str, before: str, after: str) -> tuple[Entry, ...]:
    return (Entry(label, before, after),) if before != after else ()


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return ", ".join(value)
    return str(value)
