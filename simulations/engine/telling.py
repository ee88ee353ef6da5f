"""Telling: one line of the timeline for a moment, in the words of the scenario."""

from typing import Any

from .parts import Text
from .scenario import Scenario
from .state import Moment

LINES: dict[str, tuple[str, str]] = {
    "attempt-started.1": ("实训开始", "The simulation begins"),
    "action-taken.1": ("{what}", "{what}"),
    "question-evaded.1": ("{who}回避了问题：{what}", "{who} evaded the question: {what}"),
    "document-read.1": ("阅读《{what}》", "Read “{what}”"),
    "fact-learned.1": ("弄清：{what}", "Learned: {what}"),
    "trap-sprung.1": ("{what}", "{what}"),
    "chance-drawn.1": ("{what}", "{what}"),
    "assessment-made.1": ("作出判断：{what}", "Judged: {what}"),
    "partner-chosen.1": ("请{who}上谈判桌", "{who} is asked to the table"),
    "offer-made.1": ("第 {what} 轮递出方案", "Offers of round {what} put forward"),
    "offer-answered.1": ("{who}回应：{what}", "{who} answers: {what}"),
    "deal-struck.1": ("双方接受同一方案", "Both sides accept the same package"),
    "talks-broken.1": ("谈判破裂：{what}", "The talks break down: {what}"),
    "draft-written.1": ("写成《{what}》", "Wrote “{what}”"),
    "stage-entered.1": ("进入：{what}", "Entered: {what}"),
    "attempt-ended.1": ("{what}", "{what}"),
}
MOODS = {
    "accept": ("接受", "accepts"),
    "close": ("接近", "is close"),
    "reject": ("拒绝", "refuses"),
    "insulted": ("受辱", "is insulted"),
}
ENDS = {"closed": ("结案", "The case is closed"), "walked-away": ("离席，不成交", "Walked away without a deal")}
ROUNDS_OVER = ("轮次用完", "no rounds are left")
NOBODY = ("无人", "Nobody")


def told(sc: Scenario, moment: Moment, lang: str) -> dict[str, Any] | None:
    """A line of the timeline, or None for what needs no line of its own."""
    if moment.type not in LINES or (moment.type == "chance-drawn.1" and not moment.data["happened"]):
        return None
    at = 0 if lang == "zh" else 1
    who = moment.data.get("party")
    name = sc.say(sc.parties[who].name, lang) if who else NOBODY[at]
    what = _what(sc, moment, at)
    line = LINES[moment.type][at].format(who=name, what=sc.say(what, lang) if isinstance(what, Text) else what)
    return {"event": moment.seq, "day": moment.day, "type": moment.type, "party": who or None, "text": line}


def _what(sc: Scenario, moment: Moment, at: int) -> Text | str:
    data = moment.data
    match moment.type:
        case "action-taken.1" | "question-evaded.1":
            option = sc.actions[data["action"]].options.get(data.get("option", ""))
            return option.text if option else sc.actions[data["action"]].text
        case "document-read.1":
            return sc.documents[data["document"]].title
        case "fact-learned.1":
            return sc.facts[data["fact"]].text
        case "trap-sprung.1":
            return sc.traps[data["trap"]].told
        case "chance-drawn.1":
            return sc.chances[data["chance"]].text
        case "assessment-made.1":
            return sc.assessments[data["assessment"]].text
        case "draft-written.1":
            return sc.drafts[data["draft"]].title
        case "stage-entered.1":
            return sc.stages[sc.stage_index(data["stage"])].title
        case _:
            return _at_the_table(sc, moment, at)


def _at_the_table(sc: Scenario, moment: Moment, at: int) -> Text | str:
    data = moment.data
    match moment.type:
        case "offer-made.1":
            return str(data["round"])
        case "offer-answered.1":
            return MOODS[data["mood"]][at]
        case "talks-broken.1":
            return ROUNDS_OVER[at] if data["by"] == "rounds" else sc.parties[data["by"]].name
        case "attempt-ended.1":
            return ENDS[data["how"]][at]
        case _:
            return ""
