import pytest

from simulations.selectors.tables import Happening
from simulations.views.happened import course

pytestmark = pytest.mark.unit

VIEW = {
    "parties": [{"id": "fin", "name": "清泉"}],
    "facts": [{"id": "f_one", "text": "样机只跑过烧杯"}],
}


def _line(kind: str, text: str) -> dict[str, object]:
    return {"event": 1, "day": 3, "type": kind, "text": text}


def _happening(command: int, *lines: dict[str, object], **what: object) -> Happening:
    given = {"subject": "visit", "days": 0, "budget": 0, "trust": {}, "facts": [], **what}
    return Happening(command=command, day=3, lines=list(lines), **given)


def test_an_act_tells_its_cost_its_clues_and_the_trust_it_moved() -> None:
    act = _happening(1, _line("action-taken.1", "走访"), days=2, budget=150, trust={"fin": -4}, facts=["f_one"])

    came = course([act], VIEW, "万元").of["visit"]

    assert (came.title, came.spent, came.when) == ("走访", "2 天 · 1.5 万元", "第 3 天")
    assert came.trust == [("清泉", "−4")]
    assert came.found == ["样机只跑过烧杯"]
    assert not came.is_bad


def test_a_mishap_is_an_alarm_and_a_card_tells_its_own_draw() -> None:
    act = _happening(
        1,
        _line("action-taken.1", "走访"),
        _line("trap-sprung.1", "收了红包"),
        _line("chance-drawn.1", "来了记者"),
        _line("card-laid.1", "记者在门口等你"),
    )

    came = course([act], VIEW, "万元").latest

    assert came
    assert came.alarms == ["收了红包"]
    assert came.events == ["记者在门口等你"]


def test_the_last_try_of_an_act_stands_beside_it_and_the_last_act_on_top() -> None:
    evaded = _happening(1, _line("question-evaded.1", "清泉回避了问题"), subject="ask", days=1)
    asked = _happening(2, _line("action-taken.1", "再问一次"), subject="ask", days=1)
    read = _happening(3, subject="note")

    told = course([evaded, asked, read], VIEW, "万元")

    assert told.of["ask"].title == "再问一次"
    assert told.latest
    assert told.latest.number == 2


def test_nothing_done_has_no_latest() -> None:
    assert course([], VIEW, "万元").latest is None
