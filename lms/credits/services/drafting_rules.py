"""A new version of credit rules: drafted from one in force, changed part by part, always a whole rule table."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.reading import Fault, Faulty, dump_table, hash_of, read_table
from lms.credits.engine.rules import RuleTable
from lms.credits.enums import RulesState
from lms.credits.models import CreditRules, RulesTrial
from lms.credits.policies import can_change_rules_of
from lms.credits.selectors.rule_words import fault_in_words
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal
from lms.records.services import audit

from .rule_files import read_rules_file

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

# What the platform posts by itself must be in every table, or a passed exam could not be written down.
PLATFORM_RULES = {"exam-passed": "exam", "simulation-passed": "simulation"}
TERMS = ("practice_percent", "no_earlier_than", "claims", "stars", "source", "source_en")


class MayNotWriteRules(NotAllowed):
    code = "may-not-write-credit-rules"
    message = _("Managers change the credit rules of their own base; those of the scheme are for the platform's staff.")


class NoSuchDraft(NotFound):
    code = "no-such-credit-rules-draft"
    message = _("There is no such draft of credit rules.")


class StaleRules(Conflict):
    """The page was opened before the last change of the draft."""

    code = "stale-credit-rules"
    message = _(
        "This draft was changed after you opened the page, perhaps by you in another window. Nothing was overwritten, "
        "and what you typed stands below: compare it with the draft as it is now, then save again."
    )


class RulesNotRight(Refusal):
    """The table would not be whole; `faults` are all of them, in words."""

    code = "credit-rules-not-right"
    message = _("Nothing was saved. At %(path)s: %(reason)s")

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = [(fault.path, fault_in_words(fault)) for fault in faults]
        path, reason = self.faults[0]
        super().__init__(path=path, reason=reason)


@transaction.atomic
def draft_rules(
    *, based_on: CreditRules, organisation: "Organisation | None", user: "User", now: datetime
) -> CreditRules:
    """Draft a version for an organisation, or for the whole scheme, with everything that `based_on` says."""
    if not can_change_rules_of(user, organisation.pk if organisation else None):
        raise MayNotWriteRules
    first_day = _next_month(now.astimezone(BEIJING).date())
    code = _next_code(organisation.code if organisation else "", first_day.year)
    table = read_table({**based_on.data, "version": code})
    draft = CreditRules.objects.create(
        scheme_id=based_on.scheme_id,
        organisation=organisation,
        code=code,
        title=table.title,
        title_en=table.title_en,
        effective_from=first_day,
        data=dump_table(table),
        content_hash=hash_of(table),
        based_on=based_on,
        drafted_by=user,
        drafted_at=now,
    )
    tell_audit("credits.rules-drafted", draft, user, now, {"based_on": based_on.code})
    return draft


def describe_rules(*, rules: CreditRules, revision: int, facts: Mapping[str, Any], user: "User") -> CreditRules:
    """Change title, first day and reason of a draft."""
    with changing(rules, revision, user) as draft:
        draft.title, draft.title_en = facts["title"], facts["title_en"]
        draft.effective_from, draft.reason = facts["effective_from"], facts["reason"]
        _put(draft, {**draft.data, "title": draft.title, "title_en": draft.title_en})
    return draft


def change_terms(*, rules: CreditRules, revision: int, terms: Mapping[str, Any], user: "User") -> CreditRules:
    """Change what holds for all kinds: deadlines and thresholds of claims, stars, the share from practice."""
    with changing(rules, revision, user) as draft:
        _put(draft, {**draft.data, **{name: terms[name] for name in TERMS if name in terms}})
    return draft


def change_kind(
    *,
    rules: CreditRules,
    revision: int,
    kind: str,
    terms: Mapping[str, Any],
    changed: Mapping[str, Mapping[str, Any]],
    user: "User",
) -> CreditRules:
    """Change cap and window of a kind, and entries of its rules by their codes; an entry of None is taken out."""
    with changing(rules, revision, user) as draft:
        table = [_entries({**rule, **changed.get(rule["code"], {})}) for rule in draft.data["rules"]]
        _put(draft, {**draft.data, "kinds": {**draft.data["kinds"], kind: _entries(terms)}, "rules": table})
    return draft


def replace_by_file(*, rules: CreditRules, revision: int, content: bytes, user: "User") -> CreditRules:
    """Put a whole rule table from a YAML file in place of the draft's; its version keeps its code."""
    data = read_rules_file(content)
    with changing(rules, revision, user) as draft:
        _put(draft, {**data, "version": draft.code})
    return draft


@transaction.atomic
def discard_draft(*, rules: CreditRules, revision: int, user: "User", now: datetime) -> None:
    """Throw a draft away with its dry runs; nothing was ever rated by it."""
    draft = locked_draft(rules, revision, user)
    tell_audit("credits.rules-discarded", draft, user, now, {})
    RulesTrial.objects.filter(rules=draft).delete()
    draft.delete()


@contextmanager
def changing(rules: CreditRules, revision: int, user: "User") -> Iterator[CreditRules]:
    """The draft locked for one change; refused when it is published, or was changed since `revision`."""
    with transaction.atomic():
        draft = locked_draft(rules, revision, user)
        yield draft
        draft.revision += 1
        draft.drafted_by = user  # whoever changed it last does not publish it where there are two who may
        draft.save()


def locked_draft(rules: CreditRules, revision: int, user: "User") -> CreditRules:
    """The draft under its row lock, at the revision that the page showed."""
    if not can_change_rules_of(user, rules.organisation_id):
        raise MayNotWriteRules
    draft = CreditRules.objects.select_for_update().filter(pk=rules.pk, state=RulesState.DRAFT).first()
    if draft is None:
        raise NoSuchDraft
    if draft.revision != revision:
        raise StaleRules
    return draft


def checked(data: Mapping[str, Any]) -> RuleTable:
    """The table that plain data says, with everything that the platform itself posts by."""
    try:
        table = read_table(dict(data))
    except Faulty as error:
        raise RulesNotRight(error.faults) from error
    for code, kind in PLATFORM_RULES.items():
        rule = next((rule for rule in table.rules if rule.code == code), None)
        if rule is None or rule.by != "platform" or rule.kind != kind or rule.points is None:
            raise RulesNotRight((Fault("rules", "platform_rule", {"code": code}),))
    return table


def tell_audit(action: str, rules: CreditRules, user: "User", now: datetime, detail: dict[str, Any]) -> None:
    """Write an act upon rules into the audit book."""
    audit.record(
        action=action,
        actor=f"user:{user.pk}",
        subject=f"credits.rules:{rules.pk}",
        organisation=rules.organisation.code if rules.organisation else "",
        detail={"version": rules.code, **detail},
        now=now,
    )


def _put(draft: CreditRules, data: Mapping[str, Any]) -> None:
    table = checked(data)
    draft.data, draft.content_hash = dump_table(table), hash_of(table)
    draft.title, draft.title_en = table.title, table.title_en


def _entries(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _next_code(owner: str, year: int) -> str:
    """`2027.1` for the scheme, `LCJD/2027.1` for an organisation: the year's next."""
    stem = f"{owner}/{year}." if owner else f"{year}."
    codes = CreditRules.objects.filter(code__startswith=stem).values_list("code", flat=True)
    numbers = [int(code.removeprefix(stem)) for code in codes if code.removeprefix(stem).isdigit()]
    return f"{stem}{max(numbers, default=0) + 1}"
