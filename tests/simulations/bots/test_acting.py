"""Acts are chosen by what they are worth, in their order, within days and budget."""

import pytest

from simulations.bots.acting import Agenda, kept_back
from simulations.bots.eyes import Eyes
from simulations.bots.knowledge import breach_of
from simulations.bots.looking import Ledger

from .views import act, always, fact, never, option, view

pytestmark = pytest.mark.unit


def _next(desk, u01=always, **more):
    return Agenda(Eyes(0.97), Ledger(), **more).next(desk, u01)


def test_secrecy_comes_before_questions_and_questions_before_signatures():
    acts = [act("sign", "sign_with_owner"), act("ask", "ask_why"), act("nda", "sign_nda")]
    assert _next(view(actions=acts))["action"] == "nda"
    assert _next(view(actions=acts[:2]))["action"] == "ask"


def test_of_several_ways_the_best_is_taken():
    each = act("talk", options=[option("sell", "pitch"), option("why", "ask_why"), option("list", "ask_specs")])
    assert _next(view(actions=[each])) == {"type": "act", "action": "talk", "option": "why"}


def test_what_ruins_a_case_is_left_alone_by_those_who_see_it():
    assert _next(view(actions=[act("mail", "mass_mail"), act("leak", "pass_on_limits")])) is None


def test_who_does_not_see_does_what_is_tempting():
    assert _next(view(actions=[act("mail", "mass_mail")]), never)["action"] == "mail"


def test_a_secret_is_passed_on_only_after_an_agreement():
    share = act("share", "share_secret")
    signed = act("nda", "sign_nda", done=True, available=False)
    assert _next(view(actions=[share])) is None
    assert _next(view(actions=[share, signed]))["action"] == "share"


def test_facts_can_speak_for_an_act_that_is_usually_foolish():
    desk = view(actions=[act("go", "push_on")], facts=[fact("f", "test", "done:go")])
    assert _next(desk)["action"] == "go"


def test_days_are_kept_back_for_the_table_and_for_later_stages():
    days, budget = kept_back(view())
    assert days >= 5 * 2 - 2
    assert 0 < budget < 600
    assert _next(view(actions=[act("long", "market_research", days=55)])) is None
    assert _next(view(actions=[act("short", "market_research", days=5)]))["action"] == "short"


def test_an_evaded_question_is_put_again_only_when_trust_has_grown():
    agenda = Agenda(Eyes(0.97), Ledger())
    ask = act("ask", "ask_interests", party="maker")
    desk = view(actions=[ask], parties=[{"id": "maker", "trust": 50}])
    assert agenda.next(desk, always)["action"] == "ask"
    assert agenda.next(desk, always) is None
    warmer = view(actions=[ask], parties=[{"id": "maker", "trust": 56}])
    assert agenda.next(warmer, always)["action"] == "ask"


def test_the_incurious_ask_nobody_what_they_care_for():
    acts = [act("ask", "ask_interests"), act("limits", "ask_limits")]
    assert _next(view(actions=acts), asks=False) is None


def test_who_breaks_a_rule_does_what_it_forbids_and_leaves_what_it_asks():
    acts = [act("full", "publish_notice"), act("short", "shorten_notice")]
    assert _next(view(actions=acts))["action"] == "full"
    assert _next(view(actions=acts), breach=breach_of("R02"))["action"] == "short"


def test_who_has_judged_to_walk_away_stops():
    each = act("end", options=[option("on", "push_on"), option("stop", "stop")])
    assert _next(view(actions=[each])) is None
    assert _next(view(actions=[each]), walking=True)["option"] == "stop"
