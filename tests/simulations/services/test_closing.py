from decimal import Decimal

import pytest

from lms.credits.selectors.statement import statement
from lms.schemes.enums import FactKind
from lms.schemes.models import RequirementFact
from simulations.bots.skilled import ExpertBot
from simulations.engine.chance import u01
from simulations.engine.view import view
from simulations.models import Attempt, ScoreRun
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import scenario_of
from simulations.services.commands import carry_out
from simulations.services.scenarios import publish_scenario
from tests.factories.simulations import WALK_AWAY, AttemptFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]

CODE = "d-01-gas-heater"


@pytest.fixture(autouse=True)
def the_same_numbers(monkeypatch) -> None:
    """Every attempt draws the same variant and the same chances."""
    monkeypatch.setattr("simulations.services.attempts.secrets.randbelow", lambda _most: 7)


def _played(bot, now, **kwargs) -> Attempt:
    attempt = AttemptFactory(version=publish_scenario(code=CODE, now=now), now=now, **kwargs)
    for number in range(200):
        table = view(scenario_of(attempt), state_of(attempt), reading=True)
        command = bot.act(table, lambda label: u01("bot", label))
        if command is None:
            break
        carry_out(attempt=attempt, request_id=f"r{number}", command=command, now=now)
    attempt.refresh_from_db()
    return attempt


def _facts(person) -> list[tuple[str, str, Decimal]]:
    facts = RequirementFact.objects.filter(person=person).order_by("pk")
    return [(fact.kind, fact.ref, fact.value) for fact in facts if fact.kind == FactKind.SIMULATION]


def _credited(person) -> list[Decimal]:
    facts = RequirementFact.objects.filter(person=person, kind=FactKind.CONTRIBUTION)
    return [fact.value for fact in facts]


def test_a_counted_pass_is_reported_with_its_score_and_earns_credits(now) -> None:
    attempt = _played(ExpertBot(), now)

    run = ScoreRun.objects.get(attempt=attempt)
    assert run.passed
    assert run.total >= 70
    assert _facts(attempt.person) == [("simulation", CODE, run.total)]
    assert _credited(attempt.person) == [Decimal("3.00")]
    assert statement(attempt.person_id).credits_total == Decimal("3.00")


def test_passing_again_reports_again_and_earns_nothing_more(now) -> None:
    first = _played(ExpertBot(), now)
    second = _played(ExpertBot(), now, person=first.person)

    assert [ref for _kind, ref, _value in _facts(first.person)] == [CODE, CODE]
    assert second.scores.get().passed
    assert _credited(first.person) == [Decimal("3.00")]


def test_practice_is_scored_and_counts_for_nothing(now) -> None:
    attempt = _played(ExpertBot(), now, counted=False)

    assert attempt.scores.get().passed
    assert _facts(attempt.person) == []
    assert _credited(attempt.person) == []


class SecondFee(ExpertBot):
    """An expert who takes a second fee and tells nobody."""

    def act(self, table, draw):
        if any(action["id"] == "side_fee" and action["available"] for action in table["actions"]):
            return {"type": "act", "action": "side_fee", "option": "quiet"}
        return super().act(table, draw)


def test_a_crossed_red_line_caps_the_score_and_counts_for_nothing(now) -> None:
    attempt = _played(SecondFee(), now)

    run = attempt.scores.get()
    assert (run.total, run.passed) == (Decimal("59.00"), False)
    assert [gate["hard"] for gate in run.gates] == [True]
    assert _facts(attempt.person) == []


def test_a_score_keeps_every_item_with_the_events_it_rests_on() -> None:
    attempt = AttemptFactory()
    play(attempt, WALK_AWAY)

    run = attempt.scores.get()
    assert [item["id"] for item in run.parts["items"]] == [f"I-0{n}" for n in range(1, 7)]
    assert all(item["evidence"] for item in run.parts["items"])
    assert not run.passed
