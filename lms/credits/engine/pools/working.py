"""Working a plan out: from the base to the pool, inside the pool, and to every single person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .checking import Finding, findings
from .days import Deadlines, deadlines
from .plans import HUNDRED, NOUGHT, Deal, Plan, Sharer
from .sharing import shared
from .statutes import Book, Slice, Statute, Subject


class Part(StrEnum):
    """Who gets a part of the base, in the order in which equal remainders of a fen are given out."""

    OWNERS = "owners"
    MAIN = "main"
    TEAM = "team"
    STAFF = "staff"
    OTHERS = "others"
    OFFICE = "office"
    UNIT = "unit"


class Fault(StrEnum):
    """Why nothing can be worked out."""

    NOTHING_LEFT = "nothing-left"
    PUBLIC_OVER_COSTS = "public-over-costs"
    NO_RULE = "no-rule"
    OVER_THE_BASE = "over-the-base"
    OVER_THE_POOL = "over-the-pool"


@dataclass(frozen=True, slots=True)
class Percentages:
    """The shares that were reckoned with: those entered, and where none was, those of the rule.

    `main` is None where nobody asks for it: the team is undivided, or completers hold a share of ownership.
    """

    pool: Decimal
    main: Decimal | None
    staff: Decimal
    office: Decimal
    owners: Decimal


@dataclass(frozen=True, slots=True)
class Portion:
    """What somebody gets of a part."""

    name: str
    weight: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SliceOf:
    """What a receiver of a formula gets."""

    slice: Slice
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan worked out. `parts` come to `base` to the fen; with a fault there are none."""

    plan: Plan
    statute: Statute
    base: Decimal
    fault: Fault | None = None
    percentages: Percentages | None = None
    pool: Decimal | None = None
    parts: tuple[tuple[Part, Decimal], ...] = ()
    slices: tuple[SliceOf, ...] = ()
    main: tuple[Portion, ...] = ()
    staff: tuple[Portion, ...] = ()
    findings: tuple[Finding, ...] = ()
    deadlines: Deadlines = field(default_factory=Deadlines)

    def amount(self, part: Part) -> Decimal | None:
        """What one part comes to; None where there is no such part."""
        return dict(self.parts).get(part)


def work_out(deal: Deal, plan: Plan, book: Book) -> Outcome:
    """Everything about one scenario."""
    statute = book.statutes[plan.statute]
    base = deal.base
    if deal.public_money > deal.costs:
        return Outcome(plan, statute, base, fault=Fault.PUBLIC_OVER_COSTS)
    if base <= 0:
        return Outcome(plan, statute, base, fault=Fault.NOTHING_LEFT)
    if statute.formula and any(deal.way in provision.ways for provision in statute.provisions):
        return _by_formula(deal, plan, statute, book)
    percentages = _percentages(deal, plan, statute, book)
    if percentages is None:
        return Outcome(plan, statute, base, fault=Fault.NO_RULE, findings=findings(deal, plan, None, book))
    fault = _too_much(percentages, statute)
    if fault is not None:
        return Outcome(plan, statute, base, fault=fault, percentages=percentages)
    return _split(deal, plan, statute, percentages, book)


def _percentages(deal: Deal, plan: Plan, statute: Statute, book: Book) -> Percentages | None:
    """What was entered, else what the nearest rule asks for; None if nobody says how large the pool is."""

    def asked(subject: Subject, entered: Decimal | None) -> Decimal | None:
        rule = book.first(plan.statute, plan.on, deal.way, subject)
        if entered is not None or rule is None:
            return entered
        return rule.least

    pool = asked(Subject.POOL, plan.pool)
    if pool is None:
        return None
    owners = plan.owners or NOUGHT
    away = statute.undivided or owners > 0
    return Percentages(
        pool=pool,
        main=None if away else asked(Subject.MAIN, plan.main) or NOUGHT,
        staff=asked(Subject.STAFF, plan.staff) or NOUGHT,
        office=plan.office or NOUGHT,
        owners=owners,
    )


def _too_much(given: Percentages, statute: Statute) -> Fault | None:
    """More than everything cannot be given."""
    if given.owners > HUNDRED or given.pool + given.office > HUNDRED:
        return Fault.OVER_THE_BASE
    inside = (given.main or NOUGHT) + (given.staff if statute.staff_from == "pool" else NOUGHT)
    if inside > HUNDRED or given.staff > HUNDRED:
        return Fault.OVER_THE_POOL
    return None


def _split(deal: Deal, plan: Plan, statute: Statute, given: Percentages, book: Book) -> Outcome:
    owners, divided = shared(deal.base, [given.owners, HUNDRED - given.owners])
    pool, office, rest = shared(divided, [given.pool, given.office, HUNDRED - given.pool - given.office])
    if statute.staff_from == "rest":
        staff, unit = shared(rest, [given.staff, HUNDRED - given.staff])
        inside = [(Part.TEAM, pool), (Part.STAFF, staff), (Part.OTHERS, NOUGHT)]
    else:
        least = given.main or NOUGHT
        main, staff, others = shared(pool, [least, given.staff, HUNDRED - least - given.staff])
        inside, unit = [(Part.MAIN, main), (Part.STAFF, staff), (Part.OTHERS, others)], rest
    parts = ((Part.OWNERS, owners), *inside, (Part.OFFICE, office), (Part.UNIT, unit))
    return Outcome(
        plan,
        statute,
        deal.base,
        percentages=given,
        pool=pool,
        parts=tuple((part, amount) for part, amount in parts if amount or part not in _ONLY_IF_ANY),
        main=_portions(owners if given.owners else inside[0][1], deal.main),
        staff=_portions(staff, deal.staff),
        findings=findings(deal, plan, given, book),
        deadlines=_deadlines(deal, plan, book),
    )


_ONLY_IF_ANY = (Part.OWNERS, Part.OTHERS, Part.OFFICE)


def _portions(amount: Decimal, people: Sequence[Sharer]) -> tuple[Portion, ...]:
    """Divide a part among its people by their weights; nobody is named where there is nothing, or no weight."""
    if not amount or not any(person.weight for person in people):
        return ()
    amounts = shared(amount, [person.weight for person in people])
    return tuple(Portion(who.name, who.weight, each) for who, each in zip(people, amounts, strict=True))


def _by_formula(deal: Deal, plan: Plan, statute: Statute, book: Book) -> Outcome:
    """Off the top first, then the rest by weight."""
    off = [part.off_top for part in statute.formula]
    *tops, rest = shared(deal.base, [*off, HUNDRED - sum(off, Decimal(0))])
    left = shared(rest, [Decimal(part.weight) for part in statute.formula])
    slices = tuple(SliceOf(part, top + more) for part, top, more in zip(statute.formula, tops, left, strict=True))
    sums = {part: sum((each.amount for each in slices if each.slice.part == part), NOUGHT) for part in Part}
    parts = tuple((part, sums[part]) for part in (Part.MAIN, Part.OFFICE, Part.UNIT) if sums[part])
    return Outcome(
        plan,
        statute,
        deal.base,
        parts=parts,
        slices=slices,
        main=_portions(sums[Part.MAIN], deal.main),
        findings=findings(deal, plan, None, book),
    )


def _deadlines(deal: Deal, plan: Plan, book: Book) -> Deadlines:
    posting = book.first(plan.statute, plan.on, deal.way, Subject.POSTING)
    payment = book.first(plan.statute, plan.on, deal.way, Subject.PAYMENT)
    return deadlines(
        deal.days,
        posting_days=posting.days if posting else None,
        payment_months=payment.months if payment else None,
    )
