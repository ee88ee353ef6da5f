from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import lms.credits
from lms.credits.engine.reading import Faulty, dump_table, hash_of, read_table
from lms.credits.engine.rules import KIND_CODES, RuleTable
from lms.credits.enums import PRACTICE_KINDS, CreditKind, Verification
from lms.kernel.data_files import parse_yaml

pytestmark = pytest.mark.unit

DATA = Path(lms.credits.__file__).parent / "data"
SHIPPED = ("2026-1", "2026-2")


def read(name: str) -> Any:
    return parse_yaml((DATA / f"rules-{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def data() -> Any:
    return deepcopy(read("2026-2"))


def rule_in(data: Any, code: str) -> Any:
    return next(rule for rule in data["rules"] if rule["code"] == code)


def fault_of(data: Any) -> tuple[str, str]:
    with pytest.raises(Faulty) as faulty:
        read_table(data)
    first = faulty.value.faults[0]
    return first.path, first.code


def test_the_engine_knows_the_kinds_and_verifications_of_the_room():
    assert set(CreditKind.values) == set(KIND_CODES)
    assert {rule.verification for rule in read_table(read("2026-2")).rules} <= set(Verification.values)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_table_reads_and_survives_being_written_down(name: str):
    table = read_table(read(name))
    again = read_table(dump_table(table))
    assert (again, hash_of(again)) == (table, hash_of(table))


def test_every_kind_of_work_has_a_rule_and_says_in_both_languages_what_counts():
    table = read_table(read("2026-2"))
    assert {rule.kind for rule in table.rules} == set(CreditKind.values)
    assert [rule.code for rule in table.rules if not (rule.note and rule.note_en)] == []


def test_practice_is_what_the_room_calls_practice():
    table = read_table(read("2026-2"))
    assert {rule.kind for rule in table.rules if rule.practice} == {str(kind) for kind in PRACTICE_KINDS}
    assert table.practice_percent == 40


@pytest.mark.parametrize("name", SHIPPED)
def test_what_the_platform_measures_gives_what_it_always_gave(name: str):
    table = read_table(read(name))
    given = {code: (table.rule(code).kind, table.rule(code).points) for code in ("exam-passed", "simulation-passed")}
    assert given == {"exam-passed": ("exam", Decimal("2.00")), "simulation-passed": ("simulation", Decimal("3.00"))}
    assert [table.kind(kind).cap_per_year for kind in ("exam", "simulation")] == [None, None]


def test_stars_are_told_by_thresholds():
    table = read_table(read("2026-2"))
    balances = ["19.99", "20.00", "49.99", "399.99", "400.00", "5000"]
    assert [table.stars_at(Decimal(points)) for points in balances] == [0, 1, 1, 4, 5, 5]


def test_a_table_is_never_changed():
    table = read_table(read("2026-2"))
    with pytest.raises(ValidationError):
        table.version = "2027.1"
    assert isinstance(table, RuleTable)


@pytest.mark.parametrize(
    ("code", "entries", "expected"),
    [
        ("demand-filed", {"pionts": "1.00"}, ("rules[demand-filed].pionts", "extra_forbidden")),
        ("demand-filed", {"points": "NaN"}, ("rules[demand-filed].points", "finite_number")),
        ("demand-filed", {"points": float("inf")}, ("rules[demand-filed].points", "finite_number")),
        ("demand-filed", {"points": "1.005"}, ("rules[demand-filed].points", "decimal_max_places")),
        ("demand-filed", {"points": "10000"}, ("rules[demand-filed].points", "less_than_equal")),
        ("demand-filed", {"points": True}, ("rules[demand-filed].points", "decimal_type")),
        ("demand-filed", {"points": "-1.00"}, ("rules[demand-filed]", "points_sign")),
        ("demand-filed", {"points": "0.00"}, ("rules[demand-filed]", "points_sign")),
        ("violation-minor", {"points": "5.00"}, ("rules[violation-minor]", "points_sign")),
        ("demand-filed", {"bands": [{"points": "1.00"}]}, ("rules[demand-filed]", "points_one_way")),
        ("demand-filed", {"measure": "amount"}, ("rules[demand-filed]", "measure_unused")),
        ("demand-filed", {"files": 11}, ("rules[demand-filed].files", "less_than_equal")),
        ("demand-filed", {"by": "hearsay"}, ("rules[demand-filed].by", "literal_error")),
        ("contract-registered", {"measure": None}, ("rules[contract-registered]", "measure_missing")),
        ("contract-registered", {"measure_field": "name"}, ("rules[contract-registered]", "measure_field")),
        (
            "contract-registered",
            {"measure_field": "technology_amount"},
            ("rules[contract-registered]", "measure_field"),
        ),
        ("match-made", {"unique_number": True}, ("rules[match-made]", "number_field")),
        ("exam-passed", {"files": 1}, ("rules[exam-passed]", "platform_asks_nothing")),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_its_place(
    data: Any, code: str, entries: dict[str, Any], expected: tuple[str, str]
):
    rule_in(data, code).update(entries)
    assert fault_of(data) == expected


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([("100", "5"), ("500", "10")], "bands_open_end"),
        ([(None, "5"), (None, "10")], "bands_open_end"),
        ([("500", "5"), ("100", "10"), (None, "15")], "bands_not_rising"),
        ([("100", "5"), ("100", "10"), (None, "15")], "bands_not_rising"),
        ([("100", "10"), (None, "5")], "bands_points_fall"),
    ],
)
def test_bands_leave_no_gap_and_never_fall(data: Any, bands: list[tuple[str | None, str]], expected: str):
    rule_in(data, "contract-registered")["bands"] = [{"up_to": end, "points": points} for end, points in bands]
    assert fault_of(data) == ("rules[contract-registered]", expected)


@pytest.mark.parametrize("steps", [[(5, 50), (5, 25)], [(10, 50), (5, 25)], [(5, 25), (10, 50)]])
def test_repetition_never_gives_more(data: Any, steps: list[tuple[int, int]]):
    rule_in(data, "match-made")["diminishing"] = [{"after": after, "percent": percent} for after, percent in steps]
    assert fault_of(data) == ("rules[match-made]", "diminishing_not_falling")


def test_a_choice_says_which_there_are(data: Any):
    rule_in(data, "match-made")["fields"][4]["choices"] = []
    assert fault_of(data) == ("rules[match-made].fields[outcome]", "choices_for_choice_only")


def test_a_code_stands_once(data: Any):
    data["rules"][1]["code"] = "demand-filed"
    assert fault_of(data) == ("/", "code_twice")


def test_a_rule_is_of_a_kind_that_has_terms(data: Any):
    del data["kinds"]["pilot"]
    assert fault_of(data) == ("/", "kind_without_terms")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"cap_per_year": "0.00"}, ("kinds.pilot.cap_per_year", "greater_than")),
        ({"valid_years": 0}, ("kinds.pilot.valid_years", "greater_than_equal")),
        ({"decay": [50, 100]}, ("kinds.pilot", "decay_rises")),
        ({"valid_years": 2, "decay": [100, 50, 25]}, ("kinds.pilot", "decay_too_long")),
    ],
)
def test_what_is_wrong_with_a_kind_is_told_with_its_place(data: Any, terms: Any, expected: tuple[str, str]):
    data["kinds"]["pilot"] = terms
    assert fault_of(data) == expected


def test_an_unknown_kind_is_no_kind(data: Any):
    data["kinds"]["gossip"] = {}
    assert fault_of(data) == ("kinds.gossip", "literal_error")


def test_more_stars_need_more_points(data: Any):
    data["stars"][1]["points"] = "20.00"
    assert fault_of(data) == ("/", "stars_not_rising")


@pytest.mark.parametrize("junk", [None, [], "rules", 7, {"rules": object()}])
def test_what_is_no_table_is_refused_and_not_stumbled_over(junk: Any):
    path, code = fault_of(junk)
    assert path == "/"
    assert code in {"model_type", "not_plain"}


def test_all_faults_are_told_at_once(data: Any):
    rule_in(data, "demand-filed")["pionts"] = "1.00"
    data["kinds"]["gossip"] = {}
    with pytest.raises(Faulty) as faulty:
        read_table(data)
    assert {fault.path for fault in faulty.value.faults} == {"rules[demand-filed].pionts", "kinds.gossip"}
