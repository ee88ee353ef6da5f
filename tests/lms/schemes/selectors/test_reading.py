from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from lms.schemes.enums import FactKind
from lms.schemes.selectors.reading import NoDay, evaluate
from lms.schemes.selectors.windows import Asked
from lms.schemes.validators import parse_tree
from tests.factories.schemes import leaf

pytestmark = pytest.mark.unit

ASKED = Asked(on=date(2026, 11, 22), cycle=date(2024, 1, 1))


def _credit(ref: str, value: str, day: date = date(2025, 6, 1)) -> tuple[FactKind, str, Decimal, datetime]:
    return FactKind.CONTRIBUTION, ref, Decimal(value), datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def _shared(required: str = "15.00"):
    return parse_tree(
        leaf(
            "x",
            fact="contribution",
            at_least=required,
            within="cycle",
            share_of_practice_at_least=40,
            practice=["contract", "match"],
        )
    )


def test_a_leaf_with_a_window_cannot_be_read_without_a_day() -> None:
    tree = parse_tree(leaf("x", fact="contribution", at_least="1", within={"years": 1}))
    with pytest.raises(NoDay):
        evaluate(tree, [_credit("match", "2")])


def test_what_happened_before_the_cycle_does_not_count_and_the_sentence_names_the_days() -> None:
    tree = parse_tree(leaf("x", fact="class-hours", at_least="3.00", within="cycle"))
    hours = [
        (FactKind.CLASS_HOURS, "policy-and-law", Decimal(9), datetime(2023, 12, 31, 15, tzinfo=UTC)),
        (FactKind.CLASS_HOURS, "policy-and-law", Decimal("1.25"), datetime(2023, 12, 31, 16, tzinfo=UTC)),
    ]
    found = evaluate(tree, hours, ASKED)
    with override("en"):
        assert found.why == (
            "1.75 class hours are missing: 3.00 are required, 1.25 are posted. "
            "What counts is from 1 January 2024 to 22 November 2026."
        )


def test_teaching_counts_as_far_as_practice_carries_it() -> None:
    found = evaluate(_shared(), [_credit("teaching", "40"), _credit("contract", "4")], ASKED)
    assert (found.reached, found.met) == (Decimal("10.00"), False)
    assert found.share is not None
    assert (found.share.needed, found.share.practice, found.share.enough) == (Decimal("6.00"), Decimal(4), False)
    with override("en"):
        assert found.why == (
            "5.00 contribution credits are missing: 15.00 are required, and of 44.00 posted 10.00 count. "
            "At least 40 % of those required, 6.00, must come from practice; 4.00 do. "
            "What counts is from 1 January 2024 to 22 November 2026."
        )


def test_with_practice_enough_everything_counts() -> None:
    found = evaluate(_shared(), [_credit("teaching", "9"), _credit("contract", "6")], ASKED)
    assert (found.reached, found.met) == (Decimal("15.00"), True)


def test_what_must_not_stand_stands_until_it_is_taken_back() -> None:
    tree = parse_tree(leaf("x", fact="contribution", refs=["violation"], absent=True, within="cycle"))
    lost = [_credit("match", "9"), _credit("violation", "-3")]
    found = evaluate(tree, lost, ASKED)
    assert (found.met, found.reached, found.required, found.stands) == (False, Decimal(0), Decimal(1), Decimal(3))
    with override("en"):
        assert found.why.startswith("3.00 credits were taken off for this and stand.")
    assert evaluate(tree, [*lost, _credit("violation", "3")], ASKED).met
    assert evaluate(tree, [_credit("violation", "-3", date(2023, 6, 1))], ASKED).met


@pytest.mark.parametrize(
    "wrong",
    [
        {"absent": True, "refs": ["violation"], "at_least": "1"},
        {"absent": True},
        {"at_least": "1", "share_of_practice_at_least": 40},
        {"at_least": "1", "practice": ["contract"]},
        {"at_least": "1", "share_of_practice_at_least": 40, "practice": ["contract"], "refs": ["match"]},
        {"at_least": "1", "share_of_practice_at_least": 101, "practice": ["contract"]},
        {"at_least": "1", "within": {"years": 0}},
        {"at_least": "1", "within": {"years": 21}},
        {"at_least": "1", "within": "year"},
        {"at_least": "1", "within": {"months": 3}},
    ],
)
def test_figures_that_do_not_fit_together_are_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        parse_tree(leaf("x", **{"fact": "contribution", **wrong}))


def test_only_sums_can_be_asked_to_be_nothing_and_only_credits_have_a_share_of_practice() -> None:
    with pytest.raises(ValidationError, match="added up"):
        parse_tree(leaf("x", fact="exam", refs=["junior"], absent=True))
    with pytest.raises(ValidationError, match="only contribution credits"):
        parse_tree(leaf("x", fact="class-hours", at_least="1", share_of_practice_at_least=4, practice=["contract"]))
