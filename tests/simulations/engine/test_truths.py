"""Truths: worked out once, kept as JSON, and credit by them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulations import library
from simulations.engine import truths
from simulations.engine.scoring import score

from .cases import rich, sitting

pytestmark = pytest.mark.unit


def test_there_is_a_truth_for_every_judgement_of_every_variant_of_every_flavour():
    sc = rich()
    kept = truths.truths(sc)
    assert len(kept["truths"]) == 3 * sc.variants
    assert all(set(each) == set(sc.assessments) for each in kept["truths"].values())


def test_kept_truths_are_what_is_worked_out_and_are_read_not_worked_out(monkeypatch):
    sc = rich()
    kept = json.loads(json.dumps(truths.truths(sc)))
    here = sitting("twin")
    here.do(type="assess", assessment="need", low=4000, high=9000)
    fresh = score(here.sc, here.st)
    again = truths.with_truths(sc, kept)
    assert again.sha256 == sc.sha256

    def never(*given):
        raise AssertionError("a kept truth was worked out anew")

    monkeypatch.setattr(truths, "_worked", never)
    assert score(again.varied("twin", 1), here.st) == fresh


def test_truths_of_other_content_are_refused_and_old_ones_left_alone():
    sc = rich()
    with pytest.raises(ValueError, match="other content"):
        truths.with_truths(sc, {"sha256": "0", "truths": {}})
    assert truths.with_truths(sc, {"engine": "1.0", "answers": {}}) is sc


def test_what_cannot_be_worked_out_is_left_out_and_the_rest_is_kept():
    broken = rich(assessments={"level": {"model": {"div": [1, 0]}}})
    kept = truths.truths(broken)["truths"][":1"]
    assert "level" not in kept
    assert "fit" in kept


def test_flavours_and_variants_have_truths_of_their_own():
    kept = truths.truths(rich())["truths"]
    assert (kept[":1"]["level"]["value"], kept["twin:1"]["level"]["value"]) == (5, 4)
    assert len({json.dumps(kept[f":{n}"]["need"]) for n in range(1, 7)}) > 3


def test_every_truth_of_the_library_is_found():
    for code in library.codes():
        sc = library.scenario(code)
        kept = truths.truths(sc)["truths"]
        assert all(set(each) == set(sc.varied(*_of(key)).assessments) for key, each in kept.items()), code


def _of(key: str) -> tuple[str, int]:
    flavour, _, number = key.rpartition(":")
    return flavour, int(number)


@pytest.fixture
def sc():
    return rich().varied("", 1)


def test_a_level_counts_three_fifths_and_its_evidence_two(sc):
    def credit(value, *evidence):
        return truths.credit(sc, "level", {"value": value, "evidence": evidence})

    assert credit(5, "f_bench") == 1.0
    assert credit(5) == 0.6
    assert credit(6, "f_bench") == pytest.approx(0.4 + 0.6 * 2 / 3)
    assert credit(5, "f_bench", "f_rumour") == pytest.approx(0.8)
    assert credit(9, "f_rumour") == 0.0


def test_rows_that_were_guessed_earn_nothing_on_average(sc):
    def credit(**rows):
        return truths.credit(sc, "dd", {"rows": rows})

    assert credit(owner="clear", rights="risk") == 1.0
    assert credit(owner="clear") == 0.5
    assert credit(owner="clear", rights="clear") == 0.0
    assert credit(owner="risk", rights="clear") == 0.0
    assert credit() == 0.0


def test_a_choice_by_model_loses_by_how_far_it_lies_below_the_best(sc):
    yearly = sc.numbers["yearly"]
    assert truths.right(sc, "best") == "later"
    assert truths.credit(sc, "best", {"value": "later"}) == 1.0
    assert truths.credit(sc, "best", {"value": "now"}) == pytest.approx(1 - yearly / 1000)


def test_the_best_interval_is_the_one_from_p10_to_p90(sc):
    ends = truths.truth(sc, "need")["quantiles"]
    assert len(ends) == 101
    assert ends == sorted(ends)
    best = truths.expected_score(ends, ends[10], ends[90])
    for low, high in ((0, 100), (5, 95), (20, 80), (10, 85), (15, 90), (50, 50)):
        assert truths.expected_score(ends, ends[low], ends[high]) >= best
    assert truths.credit(sc, "need", {"low": ends[10], "high": ends[90]}) == 1.0


@settings(max_examples=200, deadline=None)
@given(low=some.floats(0, 20_000), width=some.floats(0, 20_000))
def test_the_credit_of_an_interval_lies_between_0_and_1_and_a_useless_one_earns_nothing(low, width):
    sc = rich().varied("", 1)
    assert 0 <= truths.credit(sc, "need", {"low": low, "high": low + width}) <= 1
    assert truths.credit(sc, "need", {"low": 0, "high": 20_000}) == 0


def test_the_quantiles_are_those_of_the_triangle_that_was_declared(sc):
    """The unit price is a fixed factor, so the quantiles are those of one triangle, known in closed form."""
    volume, yearly = sc.numbers["volume"], sc.numbers["yearly"]
    low, likely, high = 0.8 * volume, volume, 1.3 * volume
    ends = truths.truth(sc, "need")["quantiles"]
    for at in (10, 50, 90):
        u = at / 100
        turn = (likely - low) / (high - low)
        x = (
            low + (u * (high - low) * (likely - low)) ** 0.5
            if u < turn
            else high - ((1 - u) * (high - low) * (high - likely)) ** 0.5
        )
        assert ends[at] == pytest.approx(x * yearly, rel=2e-3)


@pytest.mark.parametrize(("low", "high", "expected"), [(100, 100, 0), (90, 110, 20), (100, 120, 20), (110, 120, 110)])
def test_the_interval_score_is_width_plus_ten_times_the_miss(low, high, expected):
    assert truths.interval_score(low, high, 100) == pytest.approx(expected)
