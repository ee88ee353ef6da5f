import io
import json

import pytest
from django.core.management import call_command

from simulations.models import AttemptCommand
from simulations.selectors import replay as subject
from simulations.selectors.replay import replay
from simulations.services.commands import CommandRefused, carry_out
from tests.factories.simulations import TO_THE_TABLE, WALK_AWAY, AttemptFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]

OFFER = {"type": "propose", "packages": [{"price": 50, "kind": "loose"}]}


@pytest.fixture
def attempt(now):
    attempt = AttemptFactory()
    with pytest.raises(CommandRefused):
        carry_out(attempt=attempt, request_id="early", command=OFFER, now=now)
    play(attempt, *TO_THE_TABLE, OFFER, WALK_AWAY)
    return attempt


def test_what_was_kept_comes_out_again(attempt, django_assert_num_queries) -> None:
    attempt.refresh_from_db()
    assert attempt.scenario_version.code == "small-case"
    with django_assert_num_queries(3):
        report = replay(attempt)

    assert (report.ok, report.differences) == (True, [])
    assert (report.commands, report.refused) == (9, 1)
    assert report.score_kept == report.score_again == attempt.scores.get().total


def test_another_seed_would_be_told_apart(attempt) -> None:
    attempt.seed += 1
    report = replay(attempt)

    assert not report.ok
    assert report.differences[0].command == 0


def test_a_command_that_was_changed_is_told_apart(attempt, monkeypatch) -> None:
    real = subject._decided

    def other(scenario, state, command: AttemptCommand):
        if command.no == 2:
            command.body = {"type": "act", "action": "visit"}
        return real(scenario, state, command)

    monkeypatch.setattr(subject, "_decided", other)
    assert [difference.command for difference in replay(attempt).differences] == [2]


def _command(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("sim_replay", *args, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_reports_equality_as_json(attempt) -> None:
    code, said = _command(str(attempt.uid), "--json")

    report = json.loads(said)
    assert code == 0
    assert (report["ok"], report["events_equal"], report["score_equal"]) == (True, True, True)
    assert report["attempt"] == str(attempt.uid)


def test_the_command_says_it_to_people_too(attempt) -> None:
    code, said = _command(str(attempt.uid))
    assert (code, len(said.splitlines())) == (0, 2)


@pytest.mark.parametrize(
    ("given", "exit_code", "reason"),
    [("not-a-number", 2, "unreadable"), ("3f2b6c1e-0000-4000-8000-000000000000", 1, "no-such-attempt")],
)
def test_the_command_refuses_what_is_no_attempt(given, exit_code, reason) -> None:
    code, said = _command(given, "--json")
    assert (code, json.loads(said)["code"]) == (exit_code, reason)
