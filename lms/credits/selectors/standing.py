"""Where a person stands with credits: what there is, what counts and until when, what is missing for what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.design.charts import Stack, StackedBarChart
from lms.cohorts.selectors.places import place_of
from lms.credits.enums import PRACTICE_KINDS, CreditKind
from lms.schemes.enums import FactKind
from lms.schemes.selectors.standing import standing as standing_before

from .rules import table_for
from .stars import Grade, grade
from .totals import Balance, balance, counting
from .windows import Lapse, lapsing, twelve_months

if TYPE_CHECKING:
    from lms.cohorts.selectors.places import Place
    from lms.credits.engine.rules import RuleTable
    from lms.schemes.selectors.standing import NodeStanding

WHOLE, NOTHING = Decimal(100), Decimal("0.00")
# Six pigments tell six parts apart: kinds that belong together share one.
GROUPS: tuple[tuple[CreditKind, ...], ...] = (
    (CreditKind.DEMAND, CreditKind.ACHIEVEMENT, CreditKind.MATCH),
    (CreditKind.CONTRACT,),
    (CreditKind.PILOT, CreditKind.FINANCING),
    (CreditKind.EVENT, CreditKind.PUBLICATION, CreditKind.POLICY),
    (CreditKind.TEACHING, CreditKind.MENTORING),
    (CreditKind.SIMULATION, CreditKind.EXAM, CreditKind.HOURS),
)


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of work: its points year by year, all together, and what of them counts today."""

    kind: str
    label: str
    years: Sequence[tuple[int, Decimal]]
    total: Decimal
    counts: Decimal


@dataclass(frozen=True, slots=True)
class Practice:
    """How much of what counts comes from work on real deals, against the share that renewal asks."""

    points: Decimal
    percent: int
    asked: int
    enough: bool
    counted: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything on the page, in the language now active."""

    on: date
    balance: Balance
    counting: Balance
    years: Sequence[int]
    rows: Sequence[KindRow]
    chart: StackedBarChart
    lapses: Sequence[Lapse]
    lapsing_points: Decimal
    practice: Practice
    grade: Grade
    place: "Place | None"
    leaves: "Sequence[NodeStanding]"


def standing(person_id: int, on: date) -> Standing:
    """Where a person stands on the day `on` (five queries, whatever the number of lines).

    Stars and the share from practice follow the scheme's own rules: a grade means the same at every organisation.
    """
    whole, counts = balance(person_id), counting(person_id, on)
    table = table_for(organisation_id=None, on=on)
    years = sorted(whole.by_year)
    lapses = lapsing(person_id, on=on, until=twelve_months(on))
    place = place_of(person_id)
    leaves = standing_before(person_id=person_id, level=place.level).leaves() if place else ()
    return Standing(
        on=on,
        balance=whole,
        counting=counts,
        years=years,
        rows=_rows(whole, counts, years),
        chart=by_year_and_kind(whole),
        lapses=lapses,
        lapsing_points=sum((lapse.points for lapse in lapses), NOTHING),
        practice=practice(counts, table),
        grade=grade(table, counts.total),
        place=place,
        leaves=[leaf for leaf in leaves if leaf.fact == FactKind.CONTRIBUTION],
    )


def _rows(whole: Balance, counts: Balance, years: Sequence[int]) -> list[KindRow]:
    sums, still = whole.by_kind, counts.by_kind
    return [
        KindRow(
            kind.value,
            str(kind.label),
            [(year, whole.by_kind_and_year.get((kind.value, year), NOTHING)) for year in years],
            sums[kind.value],
            still.get(kind.value, NOTHING),
        )
        for kind in CreditKind
        if kind.value in sums
    ]


def practice(counts: Balance, table: "RuleTable") -> Practice:
    """The share from practice of what counts, and how much of it renewal would count.

    Other credits count up to what practice carries: with 40 % asked, practice × 60 ÷ 40 at most.
    """
    by_kind = counts.by_kind
    real = sum((by_kind.get(kind.value, NOTHING) for kind in PRACTICE_KINDS), NOTHING)
    gained = sum((points for points in by_kind.values() if points > 0), NOTHING)
    asked = table.practice_percent
    rest = gained - real
    carried = min(rest, real * (WHOLE - asked) / asked) if asked else rest
    percent = int(real * WHOLE / gained) if gained else 0
    return Practice(real, percent, int(asked), bool(gained) and real * WHOLE >= gained * asked, real + carried)


def by_year_and_kind(whole: Balance) -> StackedBarChart:
    """A bar for every year, its parts by stage of work; violations are told in words, not drawn."""
    stacks = [
        Stack(str(year), [_drawn(whole, year, group) for group in GROUPS])
        for year in sorted(whole.by_year, reverse=True)
    ]
    return StackedBarChart(
        title=_("Credits by year and stage of work"),
        description=_("Each bar is a year; its parts are the stages of work from which the credits come."),
        parts=[
            _("Demands, achievements, matches"),
            _("Contracts registered"),
            _("Pilots and financing"),
            _("Events, publications, policy"),
            _("Teaching and mentoring"),
            _("Simulations, exams, hours"),
        ],
        stacks=stacks,
        empty=_("No credits yet."),
    )


def _drawn(whole: Balance, year: int, group: Sequence[CreditKind]) -> Decimal:
    return sum((whole.by_kind_and_year.get((kind.value, year), NOTHING) for kind in group), NOTHING)
