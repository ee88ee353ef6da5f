"""Players for tests: they see a view and press what it shows, by chance or restlessly, until the end."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulations.engine.apply import apply, fold
from simulations.engine.chance import u01
from simulations.engine.decide import decide, start
from simulations.engine.events import Event
from simulations.engine.refusing import Refused
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import Score, score
from simulations.engine.state import State
from simulations.engine.view import view

Draw = Callable[..., float]
Json = dict[str, Any]
MOST_TURNS = 80
RARE = ("walk_away", "close")


@dataclass(frozen=True)
class Play:
    """One attempt that somebody played to its end."""

    sc: Scenario
    seed: str
    score: Score
    state: State
    events: tuple[Event, ...]
    commands: tuple[Json, ...]


def play(base: Scenario, seed: str, most: int = MOST_TURNS) -> Play:
    """Play a variant by chance; what is refused is forgotten."""
    sc = base.variant(seed)
    events = start(sc, seed)
    st = fold(events)
    commands: list[Json] = []
    for turn in range(10 * most):
        if st.status != "playing":
            break
        command = pressed(view(sc, st), partial(u01, seed, "player", turn), last=turn >= most)
        try:
            brought = decide(sc, st, command)
        except Refused:
            continue
        for event in brought:
            apply(st, event)
        events += brought
        commands.append(command)
    return Play(sc, seed, score(sc, st), st, tuple(events), tuple(commands))


def redecided(done: Play) -> list[Event]:
    """The events that the commands of an attempt bring about when they are decided again."""
    events = start(done.sc, done.seed)
    st = fold(events)
    for command in done.commands:
        new = decide(done.sc, st, command)
        for event in new:
            apply(st, event)
        events += new
    return events


def pressed(seen: Json, draw: Draw, *, last: bool) -> Json:
    """Something that the view allows."""
    if last:
        return {"type": "walk_away", "reason": "tired"}
    kinds = [kind for kind in seen["commands"] if kind not in RARE or draw("rare") < 0.03]
    kind = _one(kinds, draw("kind"))
    match kind:
        case "act" | "ask" | "procedure":
            return _acted(seen, draw)
        case "read":
            return {"type": "read", "document": _one(seen["documents"] or [{"id": "none"}], draw("document"))["id"]}
        case "assess":
            return _judged(seen, _one([each for each in seen["assessments"] if each["open"]], draw("which")), draw)
        case "draft":
            draft = _one([each for each in seen["drafts"] if each["open"]], draw("which"))
            lines = [each["id"] for each in draft["clauses"] if draw("line", each["id"]) < 0.6]
            return {"type": "draft", "draft": draft["id"], "clauses": lines}
        case "write":
            paper = _one([each for each in seen["papers"] if each["open"]], draw("which"))
            return {"type": "write", "paper": paper["id"], "text": f"说明 {draw('text'):.3f}"}
        case "propose":
            return {"type": "propose", "packages": [_package(seen, draw, n) for n in range(1 + int(draw("many") * 3))]}
    return {"type": kind}


def _one(choices: list[Any], u: float) -> Any:
    return choices[int(u * len(choices))]


def _acted(seen: Json, draw: Draw) -> Json:
    ready = [each for each in seen["actions"] if each["available"]] or seen["actions"]
    action = _one(ready, draw("action"))
    option = _one(action["options"], draw("option"))["id"] if action["options"] else None
    return {"type": "act", "action": action["id"], **({"option": option} if option else {})}


def _judged(seen: Json, each: Json, draw: Draw) -> Json:
    command: Json = {"type": "assess", "assessment": each["id"], "basis": "因为"}
    ends = sorted(each["low"] + (each["high"] - each["low"]) * draw("end", n) for n in range(2))
    match each["kind"]:
        case "choice":
            command["value"] = _one(each["answers"], draw("answer"))["id"]
        case "number":
            command["value"] = round(ends[0], 3)
        case "trl":
            command["value"] = round(ends[0])
            command["evidence"] = [fact["id"] for fact in seen["facts"] if draw("cite", fact["id"]) < 0.5][:30]
        case "checklist":
            command["rows"] = {row["id"]: _one(each["answers"], draw("row", row["id"]))["id"] for row in each["rows"]}
        case "interval":
            command |= {"low": ends[0], "high": ends[1]}
    if each["inputs"] and draw("sheet") < 0.7:
        command["figures"] = {
            line["id"]: sorted(line["low"] + (line["high"] - line["low"]) * draw(line["id"], n) for n in range(3))
            for line in each["inputs"]
        }
    return command


def _package(seen: Json, draw: Draw, n: int) -> Json:
    """Somewhere in the middle, where a deal may be."""
    package: Json = {}
    for issue in seen["issues"]:
        u = draw("term", n, issue["id"])
        if issue["kind"] == "choice":
            package[issue["id"]] = _one(issue["values"], u)["id"]
        else:
            package[issue["id"]] = issue["low"] + (issue["high"] - issue["low"]) * (0.3 + 0.5 * u)
    return package
