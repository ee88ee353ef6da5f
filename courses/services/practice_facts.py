"""What a practice record says, checked field by field and kept in one form."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from courses.selectors.practice_fields import CHOICE, DAY, LONGEST, MONEY, RECORD, Field, fields_of
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from courses.models.practice import PracticeQuerySet

CENT = Decimal("0.01")
MOST = Decimal(1000000000000)


class PracticeValueWrong(Refusal):
    """A value that its field does not take."""

    code = "practice-value-wrong"
    message = _("“%(field)s” does not take this value.")

    def __init__(self, field: Field) -> None:
        super().__init__(field=str(field.label))
        self.name = field.name


class BudgetUpsideDown(Refusal):
    """A range has its lower end first."""

    code = "budget-upside-down"
    message = _("The budget ends below where it begins.")


def checked(*, kind: str, fields: Mapping[str, Any], links: "PracticeQuerySet", today: date) -> dict[str, str]:
    """The values as they are kept: text, amounts with two places, ISO days, uids. Empty ones are left out."""
    kept: dict[str, str] = {}
    for field in fields_of(kind):
        given = fields.get(field.name)
        if given is None or given == "":
            continue
        kept[field.name] = _kept(field, given, links, today)
    low, high = kept.get("budget_from"), kept.get("budget_to")
    if low and high and Decimal(low) > Decimal(high):
        raise BudgetUpsideDown
    return kept


def missing_in(kind: str, fields: Mapping[str, Any]) -> list[Field]:
    """What the kind asks for and the record does not say."""
    return [field for field in fields_of(kind) if field.required and not str(fields.get(field.name, "")).strip()]


def _kept(field: Field, given: Any, links: "PracticeQuerySet", today: date) -> str:
    try:
        if field.value == MONEY:
            return _amount(given)
        if field.value == DAY:
            return _day(given, today if field.past else date.max)
        if field.value == RECORD:
            return str(links.get(uid=UUID(str(given)), kind__in=field.of).uid)
    except (ValueError, InvalidOperation, links.model.DoesNotExist) as wrong:
        raise PracticeValueWrong(field) from wrong
    text = str(given).strip()
    if (field.value == CHOICE and text not in dict(field.choices)) or len(text) > LONGEST.get(field.value, len(text)):
        raise PracticeValueWrong(field)
    return text


def _amount(given: Any) -> str:
    amount = Decimal(str(given))
    if not amount.is_finite() or not 0 <= amount < MOST or amount != amount.quantize(CENT):
        raise ValueError(given)
    return f"{amount.quantize(CENT):f}"


def _day(given: Any, last: date) -> str:
    day = given if isinstance(given, date) else date.fromisoformat(str(given))
    if day > last:
        raise ValueError(given)
    return day.isoformat()
