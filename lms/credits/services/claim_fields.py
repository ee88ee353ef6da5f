"""What a claim says, checked field by field against its rule and kept in one form."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lms.credits.engine.parts import MOST_MONEY
from lms.credits.engine.rules import NUMBER_FIELD
from lms.credits.selectors.claims import label_of
from lms.kernel.refusals import Refusal

from .contract_numbers import SHORTEST, ContractNumberTooShort, folded

if TYPE_CHECKING:
    from lms.credits.engine.parts import EvidenceField
    from lms.credits.engine.rules import Rule

LONGEST = {"short": 120, "long": 2000}
MOST_NUMBER = Decimal("999999.99")
FIGURE = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
PLACES = 2
# The only day of a claim that may lie ahead: until when somebody needs a thing.
AHEAD = "deadline"


class FieldRefused(Refusal):
    """A value that its field does not take; `name` says which."""

    code = "claim-field"
    name = ""

    def __init__(self, field: "EvidenceField", **params: Any) -> None:
        super().__init__(field=label_of(field), **params)
        self.name = field.name


class NoFigure(FieldRefused):
    code = "claim-no-figure"
    message = _("“%(field)s” takes a figure such as 120000.50; “%(given)s” is none.")


class FigureBelowNothing(FieldRefused):
    code = "claim-figure-negative"
    message = _("“%(field)s” cannot be below nothing.")


class TooManyDecimals(FieldRefused):
    code = "claim-figure-decimals"
    message = _("“%(field)s” takes at most two decimals.")


class FigureTooLarge(FieldRefused):
    code = "claim-figure-large"
    message = _("“%(field)s” takes at most %(most)s.")


class NothingToMeasure(FieldRefused):
    code = "claim-figure-nothing"
    message = _("“%(field)s” has to be more than nothing, for the points are reckoned by it.")


class NoDay(FieldRefused):
    code = "claim-no-day"
    message = _("“%(field)s” takes a day such as 2026-08-20.")


class DayAhead(FieldRefused):
    code = "claim-day-ahead"
    message = _("“%(field)s” cannot lie ahead: credits are for what has happened.")


class NoSuchChoice(FieldRefused):
    code = "claim-no-choice"
    message = _("“%(field)s” does not take this value. Choose one of the list.")


class TooLong(FieldRefused):
    code = "claim-too-long"
    message = _("“%(field)s” takes at most %(most)s characters.")


def checked(rule: "Rule", fields: Mapping[str, Any], *, today: date) -> dict[str, str]:
    """The values as they are kept: text, figures with two places, ISO days. Empty ones are left out."""
    kept: dict[str, str] = {}
    for field in rule.fields:
        given = fields.get(field.name)
        if given is not None and str(given).strip():
            kept[field.name] = _kept(field, given, today)
            if field.name == rule.measure_field and not Decimal(kept[field.name]):
                raise NothingToMeasure(field)
    number = kept.get(NUMBER_FIELD, "")
    if rule.unique_number and number and len(folded(number)) < SHORTEST:
        raise ContractNumberTooShort(least=SHORTEST, given=number)
    return kept


def fitting(rule: "Rule", fields: Mapping[str, Any], *, today: date) -> dict[str, str]:
    """Of values that come from another record, those which this rule asks for and takes; the rest stays unsaid."""
    kept: dict[str, str] = {}
    for name, given in fields.items():
        try:
            kept |= checked(rule, {name: given}, today=today)
        except Refusal:
            continue
    return kept


def missing_in(rule: "Rule", fields: Mapping[str, str]) -> list["EvidenceField"]:
    """What the rule asks for and the claim does not say."""
    return [field for field in rule.fields if field.required and not fields.get(field.name)]


def measure_of(rule: "Rule", fields: Mapping[str, str]) -> Decimal | None:
    """The figure by which the rule reckons; None where it needs none or has none yet."""
    said = fields.get(rule.measure_field or "")
    return Decimal(said) if said else None


def _kept(field: "EvidenceField", given: Any, today: date) -> str:
    if field.value in ("money", "number"):
        return _figure(field, given, MOST_MONEY if field.value == "money" else MOST_NUMBER)
    if field.value == "day":
        return _day(field, given, today)
    text = str(given).strip()
    if field.value == "choice":
        if text not in [choice.code for choice in field.choices]:
            raise NoSuchChoice(field)
        return text
    if len(text) > LONGEST[field.value]:
        raise TooLong(field, most=LONGEST[field.value])
    return text


def _figure(field: "EvidenceField", given: Any, most: Decimal) -> str:
    written = f"{given:f}" if isinstance(given, Decimal) else str(given)
    text = unicodedata.normalize("NFKC", written).strip()
    if not text.isascii() or not FIGURE.fullmatch(text):
        raise NoFigure(field, given=text[:40])
    if text.startswith("-"):
        raise FigureBelowNothing(field)
    _whole, _point, decimals = text.partition(".")
    if len(decimals) > PLACES:
        raise TooManyDecimals(field)
    figure = Decimal(text.replace(",", ""))
    if figure > most:
        raise FigureTooLarge(field, most=f"{most:,.2f}")
    return f"{figure:.2f}"


def _day(field: "EvidenceField", given: Any, today: date) -> str:
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given).strip())
    except ValueError as wrong:
        raise NoDay(field) from wrong
    if day > today and field.name != AHEAD:
        raise DayAhead(field)
    return day.isoformat()
