import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulations.enums import AttemptState
from simulations.models import AttemptCommand, AttemptEvent
from simulations.selectors.history import state_of
from simulations.selectors.replay import replay
from simulations.selectors.tables import table_view
from simulations.services import commands
from simulations.services.commands import CommandRefused, RequestReused, TooManyHands, carry_out
from tests.factories.simulations import TO_THE_TABLE, WALK_AWAY, AttemptFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]

VISIT = {"type": "act", "action": "visit"}
OFFER = {"type": "propose", "packages": [{"price": 50, "kind": "loose"}]}


def test_an_act_writes_its_events_under_its_number(now) -> None:
    attempt = AttemptFactory()

    outcome = carry_out(attempt=attempt, request_id="one", command=VISIT, now=now)

    kept = AttemptEvent.objects.filter(attempt=attempt, command_no=1).order_by("seq")
    assert [event.type for event in outcome.events] == [event.type for event in kept]
    assert [event.type for event in outcome.events][:2] == ["effort-spent.1", "action-taken.1"]
    assert {event.at for event in kept} == {now}


def test_the_same_request_answers_the_same_and_changes_nothing(now) -> None:
    attempt = AttemptFactory()
    first = carry_out(attempt=attempt, request_id="one", command=VISIT, now=now)
    play(attempt, {"type": "act", "action": "nda"})

    again = carry_out(attempt=attempt, request_id="one", command=VISIT, now=now + timedelta(hours=1))

    assert again.events == first.events
    assert table_view(attempt, again.state) == table_view(attempt, first.state)
    assert AttemptCommand.objects.filter(attempt=attempt).count() == 2


def test_a_request_number_belongs_to_one_command(now) -> None:
    attempt = AttemptFactory()
    carry_out(attempt=attempt, request_id="one", command=VISIT, now=now)

    with pytest.raises(RequestReused):
        carry_out(attempt=attempt, request_id="one", command={"type": "act", "action": "nda"}, now=now)


def test_a_refusal_changes_nothing_and_says_why_in_both_languages(now) -> None:
    attempt = AttemptFactory()
    before = state_of(attempt)

    with pytest.raises(CommandRefused) as refused:
        carry_out(attempt=attempt, request_id="early", command=OFFER, now=now)

    assert refused.value.code == "not-at-the-table"
    assert refused.value.status == 409
    with override("zh-hans"):
        assert str(refused.value) == "现在不是谈条件的阶段。"
    with override("en"):
        assert str(refused.value) == "Terms are not being negotiated at this stage."
    assert state_of(attempt) == before
    assert AttemptCommand.objects.get(attempt=attempt).refused == "not-at-the-table"


def test_a_refused_request_is_refused_again_in_the_same_words(now) -> None:
    attempt = AttemptFactory()
    early = {"type": "advance"}
    sentences = []
    for _ in range(2):
        with pytest.raises(CommandRefused) as refused:
            carry_out(attempt=attempt, request_id="early", command=early, now=now)
        sentences.append(str(refused.value))

    assert sentences[0] == sentences[1]
    assert "选谁" in sentences[0]
    assert AttemptCommand.objects.filter(attempt=attempt).count() == 1


@pytest.mark.parametrize("body", [{}, {"type": "no-such"}, {"type": "act"}, {"type": "read", "document": 7}])
def test_what_cannot_be_read_is_refused(now, body) -> None:
    attempt = AttemptFactory()
    with pytest.raises(CommandRefused) as refused:
        carry_out(attempt=attempt, request_id="odd", command=body, now=now)

    assert (refused.value.code, refused.value.status) == ("command-unreadable", 400)


def test_walking_away_ends_the_attempt(now) -> None:
    attempt = AttemptFactory()
    play(attempt, WALK_AWAY, now=now)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.ended_at) == (AttemptState.ENDED, now)
    with pytest.raises(CommandRefused) as refused:
        carry_out(attempt=attempt, request_id="late", command=VISIT, now=now)
    assert refused.value.code == "already-ended"


def test_a_command_takes_seven_queries(now, django_assert_num_queries) -> None:
    attempt = AttemptFactory()
    play(attempt, *TO_THE_TABLE)

    with django_assert_num_queries(7):  # asked before, events, last number, two inserts, begin and end
        carry_out(attempt=attempt, request_id="offer", command=OFFER, now=now)


def test_when_another_tab_was_faster_the_command_is_decided_anew(now, monkeypatch) -> None:
    attempt = AttemptFactory()
    stale = state_of(attempt)
    play(attempt, {"type": "act", "action": "nda"})
    looks = iter([stale])
    monkeypatch.setattr(commands, "state_of", lambda of: next(looks, None) or state_of(of))

    outcome = carry_out(attempt=attempt, request_id="this tab", command=VISIT, now=now)

    assert {"done:nda", "done:visit"} <= set(outcome.state.seen)
    assert [command.request_id for command in AttemptCommand.objects.order_by("no")] == ["r0", "this tab"]
    assert replay(attempt).ok


def test_when_others_are_always_faster_it_says_so(now, monkeypatch) -> None:
    attempt = AttemptFactory()
    stale = state_of(attempt)
    play(attempt, {"type": "act", "action": "nda"})
    monkeypatch.setattr(commands, "state_of", lambda of: stale.copy())

    with pytest.raises(TooManyHands):
        carry_out(attempt=attempt, request_id="this tab", command=VISIT, now=now)
    assert AttemptCommand.objects.filter(attempt=attempt).count() == 1


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_from_two_tabs_do_the_act_once(now) -> None:
    attempt = AttemptFactory()
    faults: list[BaseException] = []

    def click(tab: int) -> None:
        try:
            for _ in range(10):
                carry_out(attempt=attempt, request_id=f"tab {tab}", command=VISIT, now=now)
        except CommandRefused as refused:
            if refused.code != "already-done":
                faults.append(refused)
        except BaseException as fault:  # noqa: BLE001 -- told by the test, not by the thread
            faults.append(fault)
        finally:
            connections.close_all()

    tabs = [threading.Thread(target=click, args=(tab,)) for tab in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert faults == []
    types = list(AttemptEvent.objects.filter(attempt=attempt).values_list("type", flat=True))
    assert types.count("action-taken.1") == 1
    assert AttemptCommand.objects.filter(attempt=attempt).count() == 2
    assert replay(attempt).ok


_ANY = st.sampled_from(
    [
        *TO_THE_TABLE,
        OFFER,
        {"type": "propose", "packages": [{"price": 20, "kind": "strict"}, {"price": 60, "kind": "loose"}]},
        {"type": "act", "action": "share"},
        {"type": "act", "action": "gift"},
        {"type": "ask", "action": "ask_seller"},
        {"type": "assess", "assessment": "need", "low": 150, "high": 250},
        {"type": "draft", "draft": "paper", "clauses": ["price"]},
        {"type": "close"},
        {"type": "nonsense"},
        WALK_AWAY,
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(_ANY, max_size=14))
def test_whatever_is_asked_the_attempt_tells_itself_again(now, asked) -> None:
    attempt = AttemptFactory()
    for number, command in enumerate(asked):
        try:
            carry_out(attempt=attempt, request_id=f"r{number}", command=command, now=now)
        except CommandRefused:
            continue

    report = replay(attempt)
    assert report.differences == []
    assert report.ok
    assert report.commands == len(asked)
