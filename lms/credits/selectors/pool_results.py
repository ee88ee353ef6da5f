"""A reward calculation worked out and told: what the page and the printed sheet both show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lms.credits.engine.pools.checking import Finding
from lms.credits.engine.pools.plans import HUNDRED, NOUGHT, Deal, Plan
from lms.credits.engine.pools.working import Outcome, Part, Portion, work_out

from .pool_words import BASES, FAULTS, KNOWN, PARTS, SORTS, money, percent, said, twin
from .pools import statute_book

# The rows that every scenario has, so that they stand side by side; the others only where there is something.
_ALWAYS = (Part.MAIN, Part.STAFF, Part.OTHERS, Part.UNIT)
_PIGMENTS = {
    Part.OWNERS: "f4",
    Part.MAIN: "f1",
    Part.TEAM: "f1",
    Part.STAFF: "f2",
    Part.OTHERS: "f5",
    Part.OFFICE: "f3",
    Part.UNIT: "f6",
}
BAR = 1000  # units of a whole bar


@dataclass(frozen=True, slots=True)
class Row:
    """One receiver: the amount, its share of the base, and the pigment of its piece of the bar."""

    label: str
    pigment: str
    amount: str
    share: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the bar, in thousandths."""

    pigment: str
    start: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Note:
    """One remark, and the provision that it rests on."""

    words: str
    breach: bool
    heard: bool
    basis: str = ""
    text: str = ""
    known: str = ""
    since: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person gets."""

    name: str
    weight: str
    amount: str


@dataclass(frozen=True, slots=True)
class Told:
    """One scenario in words and figures."""

    number: int
    place: str
    sort: str
    on: date
    as_of: str
    base_label: str
    base: str
    fault: str = ""
    pool: str = ""
    pool_percent: str = ""
    rows: tuple[Row, ...] = ()
    bar: tuple[Piece, ...] = ()
    slices: tuple[tuple[str, str], ...] = ()
    main: tuple[Share, ...] = ()
    staff: tuple[Share, ...] = ()
    notes: tuple[Note, ...] = ()
    posted_until: date | None = None
    pay_until: date | None = None


def told(deal: Deal, plans: Sequence[Plan]) -> list[Told]:
    """Every scenario of a calculation, worked out by the rules of its day; no query."""
    book = statute_book()
    return [_told(deal, number, work_out(deal, plan, book)) for number, plan in enumerate(plans, start=1)]


def _told(deal: Deal, number: int, outcome: Outcome) -> Told:
    return Told(
        number=number,
        place=twin(outcome.statute, "title"),
        sort=str(SORTS[outcome.statute.sort]),
        on=outcome.plan.on,
        as_of=outcome.statute.as_of,
        base_label=str(BASES[deal.way]),
        base=money(outcome.base),
        fault=str(FAULTS[outcome.fault]) % {"base": money(outcome.base)} if outcome.fault else "",
        pool="" if outcome.pool is None else money(outcome.pool),
        pool_percent="" if outcome.percentages is None else percent(outcome.percentages.pool),
        rows=tuple(_rows(outcome)),
        bar=tuple(_bar(outcome)),
        slices=tuple((twin(each.slice, "title"), money(each.amount)) for each in outcome.slices),
        main=_shares(outcome.main),
        staff=_shares(outcome.staff),
        notes=tuple(_note(finding) for finding in outcome.findings),
        posted_until=outcome.deadlines.posted_until,
        pay_until=outcome.deadlines.pay_until,
    )


def _rows(outcome: Outcome) -> list[Row]:
    if not outcome.parts:
        return []
    parts = dict(outcome.parts)
    shown = [part for part in Part if part in parts or (part in _ALWAYS and not _stands_in(part, parts))]
    return [
        Row(
            label=str(PARTS[part]),
            pigment=_PIGMENTS[part],
            amount=money(parts[part]) if part in parts else "—",
            share=_hundredth(parts[part] * HUNDRED / outcome.base) if part in parts else "",
        )
        for part in shown
    ]


def _stands_in(part: Part, parts: dict[Part, Decimal]) -> bool:
    """An undivided team stands where the main contributors would."""
    return part == Part.MAIN and Part.TEAM in parts


def _hundredth(share: Decimal) -> str:
    return percent(share.quantize(Decimal("0.01")))


def _bar(outcome: Outcome) -> list[Piece]:
    pieces, start = [], NOUGHT
    for part, amount in outcome.parts:
        width = (amount * BAR / outcome.base).quantize(Decimal("0.01"))
        if width:
            pieces.append(Piece(_PIGMENTS[part], start, width))
        start += width
    return pieces


def _shares(portions: Sequence[Portion]) -> tuple[Share, ...]:
    return tuple(Share(each.name, percent(each.weight), money(each.amount)) for each in portions)


def _note(finding: Finding) -> Note:
    rule = finding.provision
    if rule is None:
        return Note(said(finding), breach=finding.breach, heard=False, as_of=finding.statute.as_of)
    return Note(
        said(finding),
        breach=finding.breach,
        heard=rule.known != "read",
        basis=twin(rule, "basis"),
        text=twin(rule, "text"),
        known=str(KNOWN[rule.known]),
        since=rule.valid_from or "",
        as_of=finding.statute.as_of,
    )
