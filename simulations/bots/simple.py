"""Bots without judgement: chance, haste and clicking. A good scenario lets none of them pass."""

from typing import Any

from . import Command, Draw, View
from .looking import by_id, middle


def _pick(choices: list[Any], u: float) -> Any:
    return choices[int(u * len(choices))]


def _act(action: View, option: str | None = None) -> Command:
    return {"type": "act", "action": action["id"], **({"option": option} if option else {})}


class RandomBot:
    """Chooses a type of command by chance, then what it is about by chance."""

    def __init__(self) -> None:
        self.turn = 0

    def act(self, view: View, u01: Draw) -> Command | None:
        """Anything that is allowed, however foolish."""
        self.turn += 1
        if not view["commands"]:
            return None

        def draw(what: str) -> float:
            return u01(f"{self.turn}:{what}")

        match _pick(view["commands"], draw("type")):
            case "act" | "ask" | "procedure":
                return self._act(view, draw)
            case "read":
                documents = [each["id"] for each in view["documents"]]
                return {"type": "read", "document": _pick(documents, draw("document"))} if documents else None
            case "assess":
                return judged(_pick([each for each in view["assessments"] if each["open"]], draw("assessment")), draw)
            case "draft":
                draft = _pick([each for each in view["drafts"] if each["open"]], draw("draft"))
                lines = [each["id"] for each in draft["clauses"] if draw(each["id"]) < 0.5]
                return {"type": "draft", "draft": draft["id"], "clauses": lines}
            case "write":
                paper = _pick([each for each in view["papers"] if each["open"]], draw("paper"))
                return {"type": "write", "paper": paper["id"], "text": "……"}
            case "propose":
                return {"type": "propose", "packages": [{i["id"]: _any(i, draw(i["id"])) for i in view["issues"]}]}
            case kind:
                return {"type": kind}

    def _act(self, view: View, draw: Draw) -> Command:
        ready = [each for each in view["actions"] if each["available"]]
        if not ready:
            return {"type": "advance"}
        action = _pick(ready, draw("action"))
        return _act(action, _pick(action["options"], draw("option"))["id"] if action["options"] else None)


def judged(each: View, draw: Draw) -> Command:
    """An answer by chance, of the right shape."""
    command = {"type": "assess", "assessment": each["id"]}
    span = each["high"] - each["low"]
    first, second = (round(each["low"] + span * draw(f"{each['id']}:{end}"), 1) for end in ("one", "two"))
    match each["kind"]:
        case "choice":
            return {**command, "value": _pick(each["answers"], draw(each["id"]))["id"]}
        case "checklist":
            rows = {row["id"]: _pick(each["answers"], draw(f"{each['id']}:{row['id']}"))["id"] for row in each["rows"]}
            return {**command, "rows": rows}
        case "trl":
            return {**command, "value": int(first)}
        case "number":
            return {**command, "value": first}
    return {**command, "low": min(first, second), "high": max(first, second)}


def _any(issue: View, u: float) -> Any:
    if issue["kind"] == "choice":
        return _pick(issue["values"], u)["id"]
    steps = int((issue["high"] - issue["low"]) / issue["step"] + 1e-9)
    return issue["low"] + issue["step"] * int(u * (steps + 1))


class GreedyBot:
    """Wants a deal and nothing else: does the least that opens the next stage, then splits differences."""

    def act(self, view: View, u01: Draw) -> Command | None:
        """Hurry to the table, then take whatever both will sign."""
        if view["status"] != "playing":
            return None
        missing = self._least(view, u01)
        if missing:
            return missing
        if "propose" in view["commands"]:
            return {"type": "propose", "packages": [self._package(view)]}
        if "advance" in view["commands"]:
            return {"type": "advance"}
        return {"type": "close"} if "close" in view["commands"] else self._way_out(view, u01)

    def _least(self, view: View, u01: Draw) -> Command | None:
        for card in view.get("cards", ()):
            if not card["answered"]:
                return self._first(by_id(view["actions"], card["action"]))
        for each in view["assessments"]:
            if each["open"] and each["answer"] is None and each["kind"] == "choice":
                return judged(each, u01)
        for draft in view["drafts"]:
            if draft["open"] and draft["written"] is None and view["deal"] is None:
                half = [each["id"] for each in draft["clauses"] if u01(each["id"]) < 0.5]
                return {"type": "draft", "draft": draft["id"], "clauses": half}
        return None

    def _way_out(self, view: View, u01: Draw) -> Command | None:
        """When a stage cannot be left yet: any answer, then the cheapest act."""
        for each in view["assessments"]:
            if each["open"] and each["answer"] is None:
                return judged(each, u01)
        ready = [each for each in view["actions"] if each["available"] and each["stage"] == view["stage"]]
        return self._first(min(ready, key=lambda each: (each["days"], each["budget"]))) if ready else None

    def _first(self, action: View) -> Command:
        return _act(action, action["options"][0]["id"] if action["options"] else None)

    def _package(self, view: View) -> dict[str, Any]:
        if not view["offers"]:
            return {issue["id"]: middle(issue) for issue in view["issues"]}
        last = view["offers"][-1]
        counters = [reply["counter"] for reply in last["replies"] if reply["counter"]]
        package = dict(counters[0] if counters else last["packages"][0])
        for reply in last["replies"]:
            for name in reply["issues"]:
                package[name] = _give_way(by_id(view["issues"], name), package[name], reply["party"])
        return package


def _give_way(issue: View, value: Any, party: str) -> Any:
    towards = issue["towards"].get(party)
    if issue["kind"] == "choice":
        return towards if towards in [each["id"] for each in issue["values"]] else value
    moved = value + (1 if towards == "high" else -1) * issue["step"]
    return max(issue["low"], min(issue["high"], moved))


class ClickerBot:
    """Does everything that can be done, in the order of the page, and thinks about none of it."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.greedy = GreedyBot()

    def act(self, view: View, u01: Draw) -> Command | None:
        """Click the next thing; then go on like somebody in haste."""
        for document in view["documents"]:
            if not document["read"]:
                return {"type": "read", "document": document["id"]}
        for action in view["actions"]:
            if action["available"] and action["id"] not in self.tried:
                self.tried.add(action["id"])
                return _act(action, action["options"][0]["id"] if action["options"] else None)
        for draft in view["drafts"]:
            if draft["open"] and draft["written"] is None:
                return {"type": "draft", "draft": draft["id"], "clauses": [each["id"] for each in draft["clauses"]]}
        return self.greedy.act(view, u01)
