"""Rules about rewards as data: what each asks for, where it stands, since when, and how it is known."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from .days import months_after

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,19}$")]
Said = Annotated[str, StringConstraints(min_length=1)]
# A day, or only the month or year that is known.
Since = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Way(StrEnum):
    """How an achievement brings income."""

    TRANSFER = "transfer"
    EQUITY = "equity"
    OWN_USE = "own-use"


class Subject(StrEnum):
    """What a provision is about."""

    POOL = "pool"  # least share of the base that goes to contributors
    MAIN = "main"  # least share of the pool for the main contributors
    STAFF = "staff"  # least share of the pool for transfer staff
    OFFICE = "office"  # share of the base that may go to the transfer office
    YEARS = "years"  # for how many years own use is rewarded
    OWNERSHIP = "ownership"  # a share of ownership instead, whose holders leave the split
    NET = "net"  # what net income is
    POSTING = "posting"  # for how many days a plan is posted
    PAYMENT = "payment"  # within how many months a reward is paid
    TOLD = "told"  # nothing that is reckoned with


class Provision(BaseModel):
    """One provision. `known` says whether its text was read, or only what others say of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    subject: Subject
    ways: tuple[Way, ...] = (Way.TRANSFER, Way.EQUITY, Way.OWN_USE)
    least: Percent | None = None
    from_years: int | None = None
    to_years: int | None = None
    days: int | None = None
    months: int | None = None
    duty: Literal["must", "may"] = "must"
    basis: Said
    basis_en: Said
    text: Said
    text_en: Said
    known: Literal["read", "second-hand", "unverified"]
    valid_from: Since | None = None
    valid_to: date | None = None

    @property
    def earliest(self) -> date | None:
        """The first day on which it may have been in force."""
        if self.valid_from is None:
            return None
        year, month, day = (*(int(part) for part in self.valid_from.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def surely_from(self) -> date | None:
        """The first day on which it was in force for certain, where only a year or a month is known."""
        first = self.earliest
        if first is None or self.valid_from is None:
            return None
        match self.valid_from.count("-"):
            case 0:
                return months_after(first, 12)
            case 1:
                return months_after(first, 1)
        return first

    def in_force(self, on: date) -> bool:
        """Whether it surely applied on this day."""
        first = self.surely_from
        return first is not None and first <= on and (self.valid_to is None or on <= self.valid_to)

    def perhaps_in_force(self, on: date) -> bool:
        """Whether the day lies in the year or month of which only that much is known."""
        first, surely = self.earliest, self.surely_from
        return first is not None and surely is not None and first <= on < surely


class Slice(BaseModel):
    """One receiver of a formula: `off_top` percent before all others, or `weight` parts of what is left."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Literal["main", "office", "unit"]
    title: Said
    title_en: Said
    off_top: Percent = Decimal(0)
    weight: Annotated[int, Field(ge=0)] = 0


class Statute(BaseModel):
    """The rules of one place or institution, as they were known at `as_of`.

    `under` names the rules that hold as well. An institution's rule may leave its team undivided and take the share
    of transfer staff from what the unit keeps; a formula divides everything by itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Annotated[Literal[1], Field(alias="schema")]
    code: Code
    order: int
    sort: Literal["law", "institution", "comparison"]
    title: Said
    title_en: Said
    under: Code | None = None
    as_of: Since
    undivided: bool = False
    staff_from: Literal["pool", "rest"] = "pool"
    provisions: tuple[Provision, ...]
    formula: tuple[Slice, ...] = ()

    @model_validator(mode="after")
    def _formula_is_whole(self) -> Self:
        if self.formula and sum(part.off_top for part in self.formula) > Decimal(100):
            raise ValueError("a formula gives away more than everything")
        if self.formula and not any(part.weight for part in self.formula):
            raise ValueError("a formula says who gets what is left")
        return self

    def begins(self) -> date | None:
        """The first day of which any rule of this place is on record."""
        days = [provision.surely_from for provision in self.provisions if provision.surely_from]
        return min(days, default=None)


class Book:
    """All statutes by code, and what applied where and when."""

    def __init__(self, statutes: tuple[Statute, ...]) -> None:
        self.statutes = {each.code: each for each in sorted(statutes, key=lambda each: each.order)}
        for each in statutes:
            if each.under is not None and each.under not in self.statutes:
                raise ValueError(f"{each.code} stands under {each.under}, which is not there")

    def chain(self, code: str) -> list[Statute]:
        """A statute and those above it, its own first."""
        found = [self.statutes[code]]
        while (above := found[-1].under) is not None:
            found.append(self.statutes[above])
        return found

    def applying(self, code: str, on: date, way: Way) -> list[tuple[Statute, Provision]]:
        """Every provision that surely applied there on that day to this way, the nearest first."""
        return [
            (statute, provision)
            for statute in self.chain(code)
            for provision in statute.provisions
            if way in provision.ways and provision.in_force(on)
        ]

    def first(self, code: str, on: date, way: Way, subject: Subject) -> Provision | None:
        """The nearest provision about a subject: a place's own before the one above it."""
        found = (each for _statute, each in self.applying(code, on, way) if each.subject == subject)
        return next(found, None)
