"""Loading and checking scenario files: the right line, a whole sentence, both languages."""

import json

import pytest

from simulations import library
from simulations.engine.checks import check, check_text
from simulations.engine.load import load
from simulations.engine.scenario import Scenario

from .cases import rich, rich_text, small_text

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


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"actions": {"visit": {"move": "fly"}}}, "unknown-reference", "actions.visit.move"),
        ({"actions": {"visit": {"move": None}}}, "no-move", "actions.visit"),
        ({"drafts": {"paper": {"clauses": {"tie": {"kind": None}}}}}, "no-kind", "drafts.paper.clauses.tie"),
        ({"drafts": {"paper": {"clauses": {"tie": {"kind": "odd"}}}}}, "unknown-reference", "drafts.paper.clauses.tie"),
        ({"facts": {"f_price": {"bears": [{"on": "assess:fit:maybe"}]}}}, "unknown-reference", "facts.f_price.bears.0"),
        ({"facts": {"f_price": {"limits": {"prize": {"le": 3}}}}}, "unknown-reference", "facts.f_price.limits"),
        ({"facts": {"f_price": {"limits": {"price": {"le": "nope"}}}}}, "unknown-reference", "facts.f_price.limits"),
        ({"facts": {"f_rumour": {"claims": {"nope": "volume"}}}}, "unknown-reference", "facts.f_rumour.claims"),
        ({"facts": {"f_volume": {"law": "nope"}}}, "unknown-reference", "facts.f_volume.law"),
        ({"facts": {"f_bench": {"grade": "claim"}}}, "undecided", "assessments.fit"),
        ({"facts": {"f_register": {"data": []}}}, "input-untold", "assessments.need.inputs.yearly"),
        ({"actions": {"test": {"requires": {"fact": "f_bench"}}}}, "cyclic-requires", "actions.test.requires"),
        ({"actions": {"test": {"cost": {"days": 31}}}}, "unreachable-action", "actions.test"),
        ({"actions": {"test": {"cost": {"days": 31}}}}, "unreachable-fact", "facts.f_bench"),
        ({"documents": {"gossip": {"open_when": {"fact": "f_rumour"}}}}, "unreachable-fact", "facts.f_rumour"),
        ({"chances": {"storm": {"card": None}}}, "answer-without-card", "chances.storm"),
        ({"chances": {"storm": {"answer": "fly"}}}, "unknown-reference", "chances.storm.action"),
        ({"chances": {"storm": {"on_deal": True}}}, "chance-without-moment", "chances.storm"),
        ({"actions": {"calm": {"party": "seller", "min_trust": 40}}}, "answer-may-fail", "chances.storm"),
        ({"actions": {"auction": {"procedure": {"least": 9}}}}, "bids-order", "actions.auction.procedure"),
        ({"actions": {"auction": {"procedure": {"low": "nope"}}}}, "unknown-reference", "actions.auction.procedure"),
        ({"traps": {"t_gift": {"rule": "R18"}}}, "gate-on-hearsay", "traps.t_gift.rule"),
        ({"traps": {"t_gift": {"rule": "R77"}}}, "unknown-reference", "traps.t_gift.rule"),
        (
            {"law": {"secrecy": {"known": "second-hand"}}, "traps": {"t_secret": {"cap": 59}}},
            "gate-on-hearsay",
            "traps.t_secret.rule",
        ),
        ({"rule_set": "cn_1999"}, "unknown-reference", "rule_set"),
        ({"parties": {"seller": {"tactic": {"kind": "scripted"}}}}, "no-script", "parties.seller.tactic"),
        ({"parties": {"seller": {"controller": "seat"}}}, "seat-not-playable", "parties.seller.controller"),
        ({"assessments": {"level": {"evidence": ["f_nope"]}}}, "unknown-reference", "assessments.level.evidence"),
        (
            {"assessments": {"dd": {"rows": {"owner": {"right": "odd"}}}}},
            "unknown-reference",
            "assessments.dd.rows.owner.right",
        ),
        ({"assessments": {"need": {"high": 10}}}, "truth-out-of-range", "assessments.need"),
        (
            {"assessments": {"need": {"inputs": {"volume": {"high": 90}}}}},
            "truth-out-of-range",
            "assessments.need.inputs.volume",
        ),
        (
            {"assessments": {"need": {"inputs": {"volume": {"spread": [2, 1, 3]}}}}},
            "spread-order",
            "assessments.need.inputs.volume.spread",
        ),
        ({"assessments": {"fit": {"answers": {"fits": {"credit": 0.9}}}}}, "no-right-answer", "assessments.fit"),
        (
            {
                "assessments": {"dd": {"rows": {"owner": None, "rights": None}}},
                "facts": {"f_bench": {"bears": []}, "f_register": {"bears": []}},
            },
            "no-rows",
            "assessments.dd",
        ),
        (
            {"flavours": {"trap": {"patch": {"facts": {"f_bench": {"bears": []}, "f_register": {"bears": []}}}}}},
            "no-reason-to-walk",
            "flavours.trap.patch.walk_right",
        ),
        ({"facts": {"f_bench": {"text": {"en": ""}}}}, "no-english", "facts.f_bench.text"),
        ({"effects": {"tax": {"reveals": ["f_nope"]}}}, "unknown-reference", "effects.tax.reveals"),
        ({"effects": {"tax": {"when": {"deal": {"prize": {"ge": 1}}}}}}, "unknown-reference", "effects.tax.when"),
        ({"issues": {"price": {"step": 0.0002}}}, "too-many-outcomes", "issues"),
        ({"papers": {"note": {"stage": "nope"}}}, "unknown-reference", "papers.note.stage"),
    ],
)
def test_what_is_wrong_with_a_case_is_named_with_its_place_in_both_languages(changed, code, path):
    found = [
        problem for problem in check_text(rich_text(**changed)).problems if (problem.code, problem.path) == (code, path)
    ]
    assert found, [(p.code, p.path) for p in check_text(rich_text(**changed)).problems]
    assert found[0].message.endswith(".")
    assert found[0].message_zh.endswith("。")
    assert found[0].line > 1


def test_a_seat_for_a_person_is_sound_once_people_can_sit_there():
    sc = rich(parties={"seller": {"controller": "seat"}})
    assert "seat-not-playable" in {problem.code for problem in check(sc)}
    assert "seat-not-playable" not in {problem.code for problem in check(sc, seats=True)}


def test_items_must_measure_something_that_is_there_and_stand_once():
    items = json.loads(rich_text())["rubric"]
    wrong = [
        {**items[0], "arg": "nowhere"},
        {**items[0], "id": "I-02", "arg": None},
        {**items[3], "curve": [[0.5, 0], [0.2, 1]]},
        *items,
    ]
    codes = {problem.code for problem in check_text(rich_text(rubric=wrong)).problems}
    assert {"unknown-reference"} <= codes
    wrong[0]["arg"] = "deal"
    quiet = {name: {"key": False} for name in ("f_secret", "f_debt")}
    codes = {problem.code for problem in check_text(rich_text(rubric=wrong, facts=quiet)).problems}
    assert {"no-arg", "curve-order", "duplicate-item", "no-key-facts"} <= codes


def test_the_rich_case_is_sound_but_for_its_few_items_and_wide_zone():
    assert {problem.code for problem in check_text(rich_text()).problems} == {"item-too-heavy"}


LAUGHS = "a: &a [1,1]\n" + "".join(f"{x}: &{x} [*{y},*{y}]\n" for y, x in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\x00", "yaml"),
        ("{", "yaml"),
        ("!!python/object:os.system {}", "tag"),
        ("a: !!binary x", "value"),
        ("a: .inf", "value"),
        ("? [a]\n: b", "key"),
        ("<<: {a: 1}", "extra_forbidden"),
        (LAUGHS, "alias"),
        ("a: " + "[" * 100_000 + "]" * 100_000, "too-deep"),
        ("- " * 5_000, "too-deep"),
        ("a: " + "x" * 1_000_001, "too-long"),
        ("\ud800: 1", "yaml"),
        ("a: 0x" + "f" * 6000, "value"),
    ],
)
def test_what_is_no_scenario_gives_problems_and_never_an_exception(text, code):
    loaded = load(text)
    assert loaded.scenario is None
    assert code in {problem.code for problem in loaded.problems}


@pytest.mark.parametrize("code", library.codes())
def test_a_case_of_the_library_has_nothing_to_mend_and_says_it_is_invented(code):
    report = check_text(library.text_of(code))
    assert report.problems == ()
    assert "虚构" in report.scenario.invented.zh
    for law in report.scenario.law.values():
        assert law.source
        assert law.as_of >= "2025-04"


def test_the_schema_is_json_and_forbids_unknown_keys():
    schema = Scenario.model_json_schema()
    json.dumps(schema)
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Action"]["additionalProperties"] is False
