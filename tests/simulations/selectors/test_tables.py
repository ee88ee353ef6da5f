import pytest

from simulations.selectors.history import state_of
from simulations.selectors.tables import happenings, table_view
from tests.factories.simulations import TO_THE_TABLE, AttemptFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _told(attempt):
    state = state_of(attempt)
    return happenings(table_view(attempt, state), state)


def test_nothing_has_happened_when_an_attempt_begins() -> None:
    assert _told(AttemptFactory()) == []


def test_each_command_is_one_happening_with_what_it_brought() -> None:
    attempt = AttemptFactory()
    play(attempt, *TO_THE_TABLE)

    told = {each.subject: each for each in _told(attempt)}

    assert [each.command for each in _told(attempt)] == list(range(1, 7))
    assert told["visit"].budget == 100
    assert told["visit"].days in (2, 3)  # it may rain for a day
    assert told["visit"].trust == {"buyer": 5}
    assert told["note"].facts == ["f_volume"]
    assert (told["note"].days, told["note"].budget) == (0, 0)
    assert [line["type"] for line in told["nda"].lines] == ["action-taken.1"]


def test_a_refused_command_is_no_happening() -> None:
    attempt = AttemptFactory()
    with pytest.raises(Exception, match="选谁"):
        play(attempt, {"type": "advance"})
    play(attempt, {"type": "act", "action": "nda"})

    assert [each.subject for each in _told(attempt)] == ["nda"]


def test_what_happened_tells_only_what_its_player_sees() -> None:
    attempt = AttemptFactory()
    play(attempt, *TO_THE_TABLE, {"type": "propose", "packages": [{"price": 50, "kind": "strict"}]})
    state = state_of(attempt)
    seen = table_view(attempt, state)

    lines = {line["event"] for line in seen["timeline"]}
    facts = {fact["id"] for fact in seen["facts"]}
    for each in happenings(seen, state):
        assert {line["event"] for line in each.lines} <= lines
        assert set(each.facts) <= facts
