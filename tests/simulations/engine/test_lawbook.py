"""The rule set: whole, sourced, dated, in both languages, and part of a scenario's hash."""

import pytest

from simulations import rules
from simulations.engine import lawbook
from simulations.engine.view import view

from .cases import rich, sitting

pytestmark = pytest.mark.unit

EVERY = [f"R{n:02}" for n in range(1, 21)]


@pytest.fixture
def book():
    return lawbook.rule_set("cn_2025_04")


def test_every_rule_is_there_with_both_languages_source_place_and_day(book):
    assert [name for name in book.rules if name.startswith("R")] == EVERY
    for name, rule in book.rules.items():
        assert rule.text.zh.endswith("。"), name
        assert rule.text.en.endswith("."), name
        assert rule.basis.zh, name
        assert rule.basis.en, name
        assert rule.jurisdiction.startswith("CN"), name


def test_no_gate_rests_on_hearsay(book):
    assert {name for name, rule in book.rules.items() if rule.effect == "gate"} == {
        "R02",
        "R03",
        "R07",
        "R08",
        "R14",
        "R16",
    }
    assert all(rule.known == "read" for rule in book.rules.values() if rule.effect == "gate")


def test_a_view_shows_the_rules_with_their_day_and_that_this_is_no_advice():
    shown = view(sitting().sc, sitting().st, lang="zh")
    assert {each["as_of"] for each in shown["rules"]} == {"2025-04"}
    assert {each["known"] for each in shown["rules"]} == {"read", "second-hand"}
    assert "不构成法律意见" in shown["legal"]["notice"]
    assert "not legal advice" in view(sitting().sc, sitting().st, lang="en")["legal"]["notice"]


def test_other_rules_make_another_scenario(monkeypatch):
    before = rich().varied("", 2).sha256
    other = lawbook.rule_set("cn_2025_04").model_copy(update={"as_of": "2030-01"})
    monkeypatch.setattr(lawbook, "rule_set", lambda name: other)
    lawbook.rules_sha.cache_clear()
    try:
        sc = rich().varied("", 2)
        assert (
            type(sc).model_construct(**{k: v for k, v in sc.__dict__.items() if k in type(sc).model_fields}).sha256
            != before
        )
    finally:
        lawbook.rules_sha.cache_clear()


def test_an_unknown_set_has_no_text():
    with pytest.raises(rules.UnknownRuleSet):
        rules.text_of("../library")
