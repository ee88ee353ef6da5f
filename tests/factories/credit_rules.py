"""Versions of credit rules, published or drafted; tables are the shipped one with what a test says otherwise."""

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from lms.credits.engine.reading import dump_table, hash_of, read_table
from lms.credits.models import CreditRules
from lms.credits.selectors.rules import forget_rules_in_force, rules_for, shipped_table
from lms.credits.services.drafting_rules import draft_rules
from tests.factories.accounts import BEGINNING
from tests.factories.schemes import SchemeFactory

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

_numbers = count(101)
SUMMER = date(2026, 6, 1)


def published(*, organisation: "Organisation", kinds: dict[str, Any] | None = None, **given: Any) -> CreditRules:
    """An organisation's own version in force, as if two people had published it."""
    shipped = scheme_rules()
    code = f"{organisation.code}/2026.{next(_numbers)}"
    data = dump_table(shipped_table("2026-2"))
    table = read_table({**data, "version": code, "kinds": {**data["kinds"], **(kinds or {})}})
    known = {"effective_from": SUMMER, "state": "published", "published_at": BEGINNING, "drafted_at": BEGINNING}
    rules = CreditRules.objects.create(
        scheme_id=shipped.scheme_id,
        organisation=organisation,
        code=code,
        title=table.title,
        title_en=table.title_en,
        data=dump_table(table),
        content_hash=hash_of(table),
        based_on=shipped,
        **{**known, **given},
    )
    forget_rules_in_force()
    return rules


def scheme_rules() -> CreditRules:
    """The shipped version of the scheme in force."""
    SchemeFactory()
    return rules_for(organisation_id=None, on=SUMMER)


def drafted(*, organisation: "Organisation | None", user: "User", now: Any = BEGINNING) -> CreditRules:
    """A draft from the shipped version, by the verb that makes drafts."""
    return draft_rules(based_on=scheme_rules(), organisation=organisation, user=user, now=now)
