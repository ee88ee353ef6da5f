from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.selectors.rules import shipped_table
from lms.credits.services.claim_fields import (
    DayAhead,
    FigureBelowNothing,
    FigureTooLarge,
    NoDay,
    NoFigure,
    NoSuchChoice,
    NothingToMeasure,
    TooLong,
    TooManyDecimals,
    checked,
    fitting,
    measure_of,
    missing_in,
)
from lms.kernel.refusals import Refusal

pytestmark = pytest.mark.unit
TODAY = date(2026, 9, 1)
TABLE = shipped_table("2026-2")
CONTRACT, DEMAND, EVENT = (TABLE.rule(code) for code in ("contract-registered", "demand-filed", "event-organised"))


def kept(rule=CONTRACT, **said):
    return checked(rule, said, today=TODAY)


@pytest.mark.parametrize(
    "amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1e5", "1E5", "0x10", "twelve", "1.2.3", "12,34", "٣"]
)
def test_what_is_no_figure_is_told_with_its_field(amount) -> None:
    with pytest.raises(NoFigure) as refused:
        kept(amount=amount)
    assert refused.value.name == "amount"
    assert refused.value.params["given"] == amount


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        ("-1", FigureBelowNothing),
        ("-0.01", FigureBelowNothing),
        ("1.005", TooManyDecimals),
        ("1.000", TooManyDecimals),
        ("10000000000", FigureTooLarge),
        ("9999999999.999", TooManyDecimals),
        ("9" * 40, FigureTooLarge),
        ("0", NothingToMeasure),
        ("0.00", NothingToMeasure),
    ],
)
def test_figures_out_of_bounds_are_refused_each_with_its_own_sentence(amount, refusal) -> None:
    with pytest.raises(refusal):
        kept(amount=amount)


@pytest.mark.parametrize(
    ("amount", "as_kept"),
    [
        ("120000.5", "120000.50"),
        (" 1,200,000 ", "1200000.00"),
        ("１２０", "120.00"),
        ("9999999999.99", "9999999999.99"),
        (Decimal("0.01"), "0.01"),
        (7, "7.00"),
    ],
)
def test_figures_are_kept_in_one_form(amount, as_kept) -> None:
    assert kept(amount=amount)["amount"] == as_kept


def test_only_what_is_measured_has_to_be_more_than_nothing() -> None:
    assert kept(EVENT, attendance="0") == {"attendance": "0.00"}


def test_days_of_evidence_lie_behind_and_a_deadline_may_lie_ahead() -> None:
    assert kept(signed_on=TODAY) == {"signed_on": "2026-09-01"}
    with pytest.raises(DayAhead):
        kept(signed_on="2026-09-02")
    with pytest.raises(NoDay):
        kept(signed_on="2026-02-30")
    assert kept(DEMAND, deadline="2027-06-30") == {"deadline": "2027-06-30"}


def test_choices_and_lengths_are_those_of_the_rule() -> None:
    with pytest.raises(NoSuchChoice):
        kept(contract_kind="gift")
    with pytest.raises(TooLong):
        kept(name="字" * 121)
    with pytest.raises(TooLong):
        kept(parties="字" * 2001)
    assert kept(name="字" * 120, contract_kind="service", unknown="is not asked for") == {
        "name": "字" * 120,
        "contract_kind": "service",
    }


def test_what_does_not_fit_another_record_stays_unsaid() -> None:
    said = {"amount": "NaN", "name": "试用合同", "signed_on": "2030-01-01", "budget": "1"}
    assert fitting(CONTRACT, said, today=TODAY) == {"name": "试用合同"}


def test_gaps_are_named_in_the_order_of_the_rule() -> None:
    said = kept(name="试用合同", amount="1", parties="   ")
    assert [field.name for field in missing_in(CONTRACT, said)] == [
        "registration_number",
        "contract_kind",
        "parties",
        "signed_on",
        "own_part",
    ]
    assert measure_of(CONTRACT, said) == Decimal("1.00")
    assert measure_of(CONTRACT, {}) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_as_a_plain_figure_or_refused_in_words(typed) -> None:
    words = ""
    said: dict[str, str] = {}
    try:
        said = kept(amount=typed)
    except Refusal as refusal:
        words = str(refusal)
    figure = Decimal(said.get("amount", "NaN"))
    # One of three: refused in a sentence, left out because nothing was typed, or kept as a figure in its bounds.
    assert words or not typed.strip() or 0 < figure <= Decimal("9999999999.99")
    assert not said or said["amount"] == f"{figure:.2f}"
