"""Loading and checking scenario files: the right line, a whole sentence, both languages."""

import json

import pytest

from simulations import library
from simulations.engine.checks import check_text
from simulations.engine.load import load
from simulations.engine.scenario import Scenario

from .cases import small_text

pytestmark = pytest.mark.unit


def _line(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("days: 30", "days: many", "int_type", "days: many"),
        ("days: 30", "dais: 30", "extra_forbidden", "dais: 30"),
        ("reveals: [f_secret]", "reveals: [f_nope]", "unknown-reference", "f_nope"),
        ("{flag: nda}", "{flag: nope}", "unknown-reference", "{flag: nope}"),
        ("{flag: nda}", "{fleg: nda}", "value_error", "{fleg: nda}"),
        ("model: {mul: [volume, 2]}", "model: {pow: [volume, 2]}", "bad-model", "pow"),
        ("model: {mul: [volume, 2]}", "model: {mul: [volume, 2000]}", "truth-out-of-range", "  need:"),
        ("C08: 0.6", "C08: 0.5", "weights-sum", "competencies:"),
        ("年用量 {volume} 台", "年用量 {volumen} 台", "unknown-reference", "volumen"),
        (
            "key: true, text: {zh: 最看重价格",
            "key: true, data: [x], text: {zh: 最看重价格",
            "unknown-reference",
            "data: [x]",
        ),
        ("weights: {price: 0.6, kind: 0.4}", "weights: {price: 0.6, kind: 0.3}", "value_error", "utility:"),
        ("version: 1.0.0", "version: 1.0.0\nversion: 1.0.1", "duplicate", "version: 1.0.1"),
        ("days: 30", "days: &d 30\nminutes2: *d", "alias", "days"),
        ("days: 30", "days: [", "yaml", "budget"),
    ],
)
def test_a_broken_file_is_told_the_line_the_code_and_a_sentence(old, new, code, marked):
    text = small_text().replace(old, new, 1)
    found = [problem for problem in check_text(text).problems if problem.code == code]
    assert found, check_text(text).problems
    assert abs(found[0].line - _line(text, marked)) <= 1
    assert found[0].message.endswith(".")
    assert found[0].message_zh.endswith("。")


@pytest.mark.parametrize("text", ["", "\x00", "- 1", "!!python/object:os.system {}", "a: !!binary x", "{"])
def test_what_is_no_scenario_gives_problems_and_never_an_exception(text):
    loaded = load(text)
    assert loaded.scenario is None
    assert loaded.problems


def test_the_gas_heater_has_nothing_to_mend():
    assert check_text(library.text_of("d-01-gas-heater")).problems == ()


def test_every_text_of_the_library_is_in_both_languages_and_says_it_is_invented():
    for code in library.codes():
        scenario = library.scenario(code)
        assert "虚构" in scenario.invented.zh
        assert "invented" in scenario.invented.en


def test_every_law_names_its_source_and_the_day_it_was_read():
    for law in library.scenario("d-01-gas-heater").law.values():
        assert law.source
        assert law.as_of == "2025-04"


def test_the_schema_is_json_and_forbids_unknown_keys():
    schema = Scenario.model_json_schema()
    json.dumps(schema)
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Action"]["additionalProperties"] is False


def test_a_variant_is_the_same_for_the_same_seed_and_its_numbers_stay_in_range():
    base = library.scenario("d-01-gas-heater")
    for n in range(60):
        sc = base.variant(str(n))
        assert sc == base.variant(str(n))
        for name, param in sc.params.items():
            assert base.params[name].low <= param.likely <= base.params[name].high
        for party in sc.parties.values():
            assert sum(party.utility.weights.values()) == pytest.approx(1)
