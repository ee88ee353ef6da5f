from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.enums import IdentityKind
from lms.accounts.validators import (
    IdentityNumberInvalid,
    NoSuchDay,
    NoSuchRegion,
    RegionOfDemonstration,
    RegionOfRealPeople,
    WrongCheckDigit,
    WrongPaper,
    WrongShape,
    check_document,
    check_identity_number,
    compose_identity_number,
)

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 22)
numbers = st.builds(
    lambda born, order: compose_identity_number(region="990101", born=born, order=order),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


@given(numbers)
def test_a_composed_number_is_right(number) -> None:
    assert check_identity_number(number, demo=True, today=TODAY) == number


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_changed_character_never_goes_unseen(number, place, digit) -> None:
    changed = number[:place] + digit + number[place + 1 :]
    if changed != number:
        with pytest.raises(IdentityNumberInvalid):
            check_identity_number(changed, demo=True, today=TODAY)


@given(numbers, st.integers(0, 15))
def test_two_neighbours_that_changed_places_never_go_unseen(number, place) -> None:
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if changed != number:
        with pytest.raises(IdentityNumberInvalid):
            check_identity_number(changed, demo=True, today=TODAY)


# The number that GB 11643 itself carries as its example of a check digit X.
STANDARD = "11010519491231002X"


def test_the_example_of_the_standard_is_right() -> None:
    assert check_identity_number(STANDARD, demo=False) == STANDARD


def test_spaces_hyphens_wide_and_small_letters_are_spellings_of_the_same_number() -> None:
    assert check_identity_number("１１０１０５ 19491231-002x", demo=False) == STANDARD


@pytest.mark.parametrize(
    ("number", "refusal", "en"),
    [
        ("110105194912310023", WrongCheckDigit, "The check digit should be X, the sheet says 3."),
        (
            "11010519491231002",
            WrongShape,
            "An identity number has 17 digits and one digit or X; the sheet has 17 characters.",
        ),
        ("000105194912310020", NoSuchRegion, "There is no region with the code 000105."),
        ("110105199002300020", NoSuchDay, "The date of birth 1990-02-30 does not exist."),
        ("110105189912310020", NoSuchDay, "The date of birth 1899-12-31 does not exist."),
        ("110105202612010020", NoSuchDay, "The date of birth 2026-12-01 does not exist."),
    ],
)
def test_each_fault_is_named_in_the_users_words(number, refusal, en) -> None:
    with pytest.raises(refusal) as fault:
        check_identity_number(number, demo=False, today=TODAY)
    with override("en"):
        assert str(fault.value) == en


def test_a_demonstration_takes_only_the_unassigned_region() -> None:
    with pytest.raises(RegionOfRealPeople):
        check_identity_number(STANDARD, demo=True)


def test_outside_a_demonstration_the_unassigned_region_is_refused() -> None:
    number = compose_identity_number(region="990101", born=date(1990, 5, 26), order=17)
    with pytest.raises(RegionOfDemonstration):
        check_identity_number(number, demo=False)


@pytest.mark.parametrize(
    ("kind", "number", "read"),
    [
        (IdentityKind.PASSPORT, "e1234 5678", "E12345678"),
        (IdentityKind.HMT_PERMIT, "h12345678", "H12345678"),
        (IdentityKind.HMT_PERMIT, "01234567", "01234567"),
    ],
)
def test_other_papers_have_shapes_of_their_own(kind, number, read) -> None:
    assert check_document(kind, number, demo=True) == read


@pytest.mark.parametrize("kind", [IdentityKind.PASSPORT, IdentityKind.HMT_PERMIT])
def test_a_number_of_another_paper_is_refused(kind) -> None:
    with pytest.raises(WrongPaper):
        check_document(kind, STANDARD, demo=True)
