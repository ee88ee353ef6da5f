"""The rules on record, and how a day finds the one that applied."""

from datetime import date

import pytest
from pydantic import ValidationError

from lms.credits.engine.pools.statutes import Book, Provision, Statute, Subject, Way
from lms.credits.selectors.pools import statute_book

pytestmark = pytest.mark.unit

BOOK = statute_book()
PROVISIONS = [provision for statute in BOOK.statutes.values() for provision in statute.provisions]


def provision(**changed: object) -> Provision:
    said = {"basis": "规定", "basis_en": "Rule", "text": "正文", "text_en": "Text", "known": "read"}
    return Provision.model_validate({"code": "a-rule", "subject": "pool", **said, **changed})


def test_the_places_stand_in_their_order_and_laws_before_the_rest() -> None:
    assert [(each.code, each.sort) for each in BOOK.statutes.values()] == [
        ("CN", "law"),
        ("CN-ZJ", "law"),
        ("CN-BJ", "law"),
        ("CN-SH", "law"),
        ("CN-SD", "law"),
        ("NANKAI", "institution"),
        ("MIT", "comparison"),
        ("HAWAII", "comparison"),
    ]


def test_every_provision_has_a_code_of_its_own() -> None:
    codes = [each.code for each in PROVISIONS]
    assert len(codes) == len(set(codes))


def test_what_was_not_read_never_stands_as_read() -> None:
    assert {each.code for each in PROVISIONS if each.known != "read"} == {
        "cn-main",
        "zj-ownership-later",
        "sh-pool-transfer",
        "sh-pool-equity",
        "sh-pool-own-use",
        "sh-years",
        "nankai-pool",
        "mit-formula",
        "hawaii-formula",
    }


@pytest.mark.parametrize(
    ("statute", "floors"),
    [
        ("CN", {"transfer": "50", "equity": "50", "own-use": "5"}),
        ("CN-ZJ", {"transfer": "70", "equity": "70", "own-use": "10"}),
        ("CN-BJ", {"transfer": "70", "equity": "70", "own-use": "5"}),
        ("CN-SH", {"transfer": "70", "equity": "70", "own-use": "5"}),
        ("CN-SD", {"transfer": "70", "equity": "70", "own-use": "10"}),
        ("NANKAI", {"transfer": "80", "equity": "80", "own-use": "5"}),
    ],
)
def test_the_floors_of_the_pool_by_place_and_way(statute: str, floors: dict[str, str]) -> None:
    found = {way.value: BOOK.first(statute, date(2026, 11, 22), way, Subject.POOL) for way in Way}
    assert {way: str(rule.least) for way, rule in found.items() if rule} == floors


@pytest.mark.parametrize(
    ("since", "earliest", "surely"),
    [
        ("2015-10-01", date(2015, 10, 1), date(2015, 10, 1)),
        ("2023-04", date(2023, 4, 1), date(2023, 5, 1)),
        ("2023-12", date(2023, 12, 1), date(2024, 1, 1)),
        ("2016", date(2016, 1, 1), date(2017, 1, 1)),
    ],
)
def test_a_year_or_a_month_counts_from_its_end(since: str, earliest: date, surely: date) -> None:
    rule = provision(valid_from=since)
    assert (rule.earliest, rule.surely_from) == (earliest, surely)


def test_a_superseded_wording_ends_on_its_last_day() -> None:
    rule = provision(valid_from="2020-01-01", valid_to="2021-09-28")
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 9, 28), date(2021, 9, 29)]
    assert [rule.in_force(day) for day in days] == [False, True, True, False]


def test_a_rule_without_a_known_beginning_is_never_applied() -> None:
    rule = provision()
    assert (rule.in_force(date(2026, 1, 1)), rule.perhaps_in_force(date(2026, 1, 1))) == (False, False)


@pytest.mark.parametrize("wrong", [{"least": "101"}, {"least": "NaN"}, {"valid_from": "soon"}, {"kown": "read"}])
def test_a_provision_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        provision(**wrong)


def test_a_formula_gives_away_no_more_than_everything() -> None:
    said = {
        "schema": 1,
        "order": 1,
        "sort": "comparison",
        "title": "甲",
        "title_en": "A",
        "as_of": "2023",
        "code": "XX",
    }
    top = {"part": "main", "title": "甲", "title_en": "A"}
    for formula in ([{**top, "off_top": "60"}, {**top, "off_top": "50", "weight": 1}], [{**top, "off_top": "60"}]):
        with pytest.raises(ValidationError, match="formula"):
            Statute.model_validate({**said, "provisions": [], "formula": formula})


def test_a_statute_under_an_unknown_one_is_refused() -> None:
    with pytest.raises(ValueError, match="CN-ZJ stands under CN"):
        Book((BOOK.statutes["CN-ZJ"],))
