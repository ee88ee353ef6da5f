"""What commands bring about, and what is refused."""

import copy

import pytest

from simulations.engine.decide import decide
from simulations.engine.refusing import SENTENCES, Refused

from .cases import Sitting, small

pytestmark = pytest.mark.unit


@pytest.fixture
def sitting() -> Sitting:
    return Sitting(small())


def _refusal(sitting: Sitting, **command) -> Refused:
    with pytest.raises(Refused) as refused:
        decide(sitting.sc, sitting.st, command)
    return refused.value


def test_an_attempt_starts_in_the_first_stage_with_full_time_and_budget(sitting):
    assert sitting.types() == ["attempt-started.1", "stage-entered.1"]
    assert (sitting.st.stage, sitting.st.days_left, sitting.st.budget_left) == ("ask", 30, 500)


def test_an_action_costs_raises_flags_and_is_remembered_once(sitting):
    sitting.do(type="act", action="visit")
    assert sitting.st.budget_left == 400
    assert "flag:visited" in sitting.st.seen
    assert _refusal(sitting, type="act", action="visit").code == "already-done"


def test_a_question_to_somebody_who_trusts_too_little_is_evaded_and_still_costs_a_day(sitting):
    sitting.do(type="ask", action="ask_price", option="push")
    sitting.to_table()
    before = sitting.st.days_left
    kinds = [event.type for event in sitting.do(type="ask", action="ask_seller")]
    assert kinds == ["effort-spent.1", "question-evaded.1"]
    assert sitting.st.days_left == before - 1
    assert "f_secret" not in sitting.st.facts


def test_reading_a_document_teaches_what_stands_in_it(sitting):
    assert _refusal(sitting, type="read", document="note").code == "document-closed"
    sitting.do(type="act", action="visit")
    sitting.do(type="read", document="note")
    assert "f_volume" in sitting.st.facts


def test_the_trap_of_a_secret_is_sprung_only_without_the_agreement(sitting):
    other = Sitting(small())
    other.do(type="procedure", action="nda")
    other.do(type="act", action="share")
    assert other.st.traps == {}
    sitting.do(type="act", action="share")
    assert list(sitting.st.traps) == ["t_secret"]
    assert sitting.st.trust["seller"] == 20


def test_an_action_of_a_past_stage_costs_one_day_more(sitting):
    sitting.to_table()
    spent = sitting.do(type="procedure", action="nda")[0]
    assert spent.data["days"] == 2


def test_a_deal_needs_one_package_that_both_accept(sitting):
    sitting.to_table()
    sitting.do(type="propose", packages=[{"price": 0, "kind": "strict"}, {"price": 100, "kind": "loose"}])
    assert sitting.st.deal is None
    while sitting.st.deal is None and not sitting.st.broken_by:
        sitting.do(type="propose", packages=[{"price": 55 + 3 * len(sitting.st.offers), "kind": "strict"}])
    assert sitting.st.deal is not None
    assert _refusal(sitting, type="propose", packages=[{"price": 60, "kind": "strict"}]).code == "talks-over"


def test_the_same_offer_again_costs_trust_and_moves_nobody(sitting):
    sitting.to_table()
    package = {"price": 90, "kind": "strict"}
    sitting.do(type="propose", packages=[package])
    first = sitting.st.trust["buyer"]
    sitting.do(type="propose", packages=[package])
    assert sitting.st.trust["buyer"] <= first - 8


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"type": "fly"}, "command-unreadable"),
        ({"type": "act"}, "command-unreadable"),
        ({"type": "act", "action": "visit", "extra": 1}, "command-unreadable"),
        ({"type": "act", "action": "nothing"}, "unknown-action"),
        ({"type": "ask", "action": "visit"}, "unknown-action"),
        ({"type": "act", "action": "ask_price"}, "option-needed"),
        ({"type": "act", "action": "ask_price", "option": "no"}, "unknown-option"),
        ({"type": "act", "action": "visit", "option": "no"}, "unknown-option"),
        ({"type": "act", "action": "ask_seller"}, "not-yet"),
        ({"type": "read", "document": "no"}, "unknown-document"),
        ({"type": "assess", "assessment": "no"}, "unknown-assessment"),
        ({"type": "assess", "assessment": "need", "low": 5, "high": 2}, "assessment-shape"),
        ({"type": "assess", "assessment": "need", "low": -5, "high": 2}, "assessment-shape"),
        ({"type": "assess", "assessment": "partner", "value": "x"}, "assessment-shape"),
        ({"type": "assess", "assessment": "partner", "value": 3}, "assessment-shape"),
        ({"type": "draft", "draft": "no", "clauses": []}, "unknown-draft"),
        ({"type": "draft", "draft": "paper", "clauses": []}, "draft-closed"),
        ({"type": "propose", "packages": [{"price": 1, "kind": "strict"}]}, "not-at-the-table"),
        ({"type": "propose", "packages": []}, "command-unreadable"),
        ({"type": "propose", "packages": [{"price": float("nan"), "kind": "strict"}]}, "command-unreadable"),
        ({"type": "advance"}, "stage-unfinished"),
        ({"type": "close"}, "not-at-the-end"),
    ],
)
def test_a_refused_command_changes_nothing_and_says_why_in_both_languages(sitting, command, code):
    before = copy.deepcopy(sitting.st)
    refused = _refusal(sitting, **command)
    assert refused.code == code
    assert sitting.st == before
    for lang in ("zh", "en"):
        assert refused.sentence(lang).endswith(("。", "."))
        assert "{" not in refused.sentence(lang)


@pytest.mark.parametrize(
    "package",
    [{"price": 1}, {"price": 101, "kind": "strict"}, {"price": 1, "kind": "odd"}, {"price": "1", "kind": "strict"}],
)
def test_a_package_must_be_whole_and_in_range(sitting, package):
    sitting.to_table()
    assert _refusal(sitting, type="propose", packages=[package]).code == "package-shape"


def test_nothing_is_accepted_after_the_end(sitting):
    sitting.do(type="walk_away", reason="not ready")
    assert (sitting.st.status, sitting.st.ended_why) == ("ended", "not ready")
    assert _refusal(sitting, type="advance").code == "already-ended"


def test_what_cannot_be_afforded_is_refused(sitting):
    sitting.st.days_left = 1
    assert _refusal(sitting, type="act", action="visit").code == "not-enough-days"
    sitting.st.days_left, sitting.st.budget_left = 9, 50
    assert _refusal(sitting, type="act", action="visit").code == "not-enough-budget"


def test_every_refusal_has_a_whole_sentence_in_both_languages():
    for code, (zh, en) in SENTENCES.items():
        assert zh.endswith("。"), code
        assert en.endswith("."), code


def test_a_refusal_says_the_numbers_of_the_variant_and_never_a_bare_name():
    sitting = Sitting(small())
    title = sitting.sc.actions["visit"].text.model_copy(update={"zh": "看 {volume} 台", "en": ""})
    visit = sitting.sc.actions["visit"].model_copy(update={"text": title, "stage": "deal"})
    sitting.sc.actions["visit"] = visit
    refused = _refusal(sitting, type="act", action="visit")
    volume = f"{sitting.sc.numbers['volume']:g}"
    assert f"看 {volume} 台" in refused.sentence("zh")
    assert f"看 {volume} 台" in refused.sentence("en")
