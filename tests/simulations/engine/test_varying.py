"""One written case becomes many: flavours by patch, figures by number, always the same for the same seed."""

import json

import pytest

from simulations import library
from simulations.engine.load import load
from simulations.engine.varying import merged

from .cases import rich, rich_text

pytestmark = pytest.mark.unit


def test_a_patch_is_laid_over_objects_takes_away_with_null_and_replaces_all_else():
    written = {"a": {"b": 1, "c": [1, 2]}, "d": 4}
    assert merged(written, {"a": {"c": [3]}, "d": None, "e": 5}) == {"a": {"b": 1, "c": [3]}, "e": 5}
    assert written == {"a": {"b": 1, "c": [1, 2]}, "d": 4}


def test_a_seed_draws_flavour_and_variant_and_every_one_of_them_comes():
    sc = rich()
    drawn = [sc.variant(str(n)) for n in range(200)]
    assert {(each.flavour_now, each.variant_no) for each in drawn} == {
        (flavour, number) for flavour in ("", "twin", "trap") for number in range(1, sc.variants + 1)
    }
    assert sc.variant("7").sha256 == rich().variant("7").sha256


def test_flavours_and_variants_differ_in_content_and_so_in_hash():
    sc = rich()
    every = [sc.varied(flavour, number).sha256 for flavour in ("", "twin", "trap") for number in range(1, 7)]
    assert len(set(every)) == len(every)


def test_a_flavour_is_the_written_case_but_for_its_patch():
    sc = rich()
    trap = sc.flavoured("trap")
    assert trap.walk_right
    assert trap.facts["f_price"] == sc.facts["f_price"]
    assert trap.facts["f_bench"].text == sc.facts["f_bench"].text
    assert trap.facts["f_bench"].bears != sc.facts["f_bench"].bears


@pytest.mark.parametrize("code", library.codes())
def test_numbers_of_every_variant_stay_in_range_and_weights_sum_to_one(code):
    base = library.scenario(code)
    for flavour in ("", *base.flavours):
        shape = base.flavoured(flavour)
        for number in range(1, base.variants + 1):
            sc = base.varied(flavour, number)
            for name, param in sc.params.items():
                assert shape.params[name].low - 1e-9 <= param.likely <= shape.params[name].high + 1e-9
            for party in sc.parties.values():
                assert sum(party.utility.weights.values()) == pytest.approx(1)


def _first(text: str):
    return load(text).problems[0]


def _line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


def test_what_is_wrong_with_a_flavour_names_the_line_in_its_patch():
    text = rich_text(flavours={"twin": {"patch": {"assessments": {"level": {"scale": "wide-scale"}}}}})
    problem = _first(text)
    assert problem.path == "flavours.twin.patch.assessments.level.scale"
    assert problem.line == _line_of(text, "wide-scale")
    text = rich_text(flavours={"twin": {"patch": {"assesments": {}}}})
    assert (_first(text).code, _first(text).line) == ("extra_forbidden", _line_of(text, "assesments"))


@pytest.mark.parametrize("key", ["id", "version", "variants", "flavours", "rule_set", "variant_no"])
def test_a_flavour_may_not_change_what_pins_the_case(key):
    problem = _first(rich_text(flavours={"twin": {"patch": {key: {}}}}))
    assert (problem.code, problem.path) == ("patch-forbidden", f"flavours.twin.patch.{key}")


@pytest.mark.parametrize("key", ["variant_no", "flavour_now", "level_now", "truths_now"])
def test_what_is_set_when_a_variant_is_drawn_is_never_written(key):
    written = json.loads(rich_text())
    values = {"variant_no": 3, "flavour_now": "twin", "level_now": "hard", "truths_now": {}}
    assert _first(json.dumps({**written, key: values[key]})).code == "set-when-drawn"


def test_a_text_is_filled_with_names_alone_and_never_runs_anything():
    sc = rich().varied("", 1)
    volume = f"{sc.numbers['volume']:g}"
    for written, said in (
        ("{volume} 台", f"{volume} 台"),
        ("{nobody} {0} {} {volume.__class__} {volume!r}", "{nobody} {0} {} {volume.__class__} {volume!r}"),
        ("{", "{"),
    ):
        text = sc.title.model_copy(update={"zh": written})
        assert sc.say(text, "zh") == said


def test_a_grid_has_an_end():
    assert "values" in _first(rich_text(issues={"price": {"high": 1e12, "step": 0.001}})).message
