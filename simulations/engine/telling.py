"""Telling: one line of the timeline for a moment, in the words of the scenario."""

from typing import Any

from .parts import Text
from .scenario import Scenario
from .state import Moment
from .table import Party

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
    "paper-written.1": ("写成《{what}》", "Wrote “{what}”"),
    "procedure-held.1": ("{what}", "{what}"),
    "card-laid.1": ("突发：{what}", "It came up: {what}"),
    "effect-followed.1": ("{what}", "{what}"),
    "stage-entered.1": ("进入：{what}", "Entered: {what}"),
    "attempt-ended.1": ("{what}", "{what}"),
}
MOODS = {
    "accept": ("接受", "accepts"),
    "close": ("接近", "is close"),
    "reject": ("拒绝", "refuses"),
    "insulted": ("受辱", "is insulted"),
}
ENDS = {
    "closed": ("结案", "The case is closed"),
    "walked-away": ("离席，不成交", "Walked away without a deal"),
    "time-up": ("时间到，按现状结案", "Time is up; the case is closed as it stands"),
}
BIDS = ("{n} 家报价，最优 {best} {unit}", "{n} bids, the best of them {best} {unit}")
NO_BIDS = ("无人报价", "Nobody bid")
TACTICS = {
    "time": ("随轮次让步：{how}。", "Gives way with the rounds: {how}."),
    "tit_for_tat": ("您让多少，它就让多少。", "Gives way as far as the packages come its way."),
    "micro": (
        "每见到一个新方案，就退到自己的下一个方案。",
        "For every new package it steps down to the next of its own.",
    ),
    "scripted": ("按事先定好的步子让步。", "Gives way in steps fixed beforehand."),
}
LATE, EARLY = ("前期守得紧，临近末轮才松口", "late"), ("早早松口", "early")
ROUNDS_OVER = ("轮次用完", "no rounds are left")
TELLING = (
    "action", "option", "document", "fact", "trap", "chance", "assessment", "party", "draft", "stage", "round", "mood",
    "by", "how", "paper", "effect", "best", "bids",
)  # fmt: skip
NAMED = {
    "document-read.1": ("documents", "document", "title"),
    "fact-learned.1": ("facts", "fact", "text"),
    "trap-sprung.1": ("traps", "trap", "told"),
    "chance-drawn.1": ("chances", "chance", "text"),
    "card-laid.1": ("chances", "chance", "card"),
    "effect-followed.1": ("effects", "effect", "text"),
    "assessment-made.1": ("assessments", "assessment", "text"),
    "draft-written.1": ("drafts", "draft", "title"),
    "paper-written.1": ("papers", "paper", "title"),
}
NOBODY = ("无人", "Nobody")


def told(sc: Scenario, moment: Moment, lang: str) -> dict[str, Any] | None:
    """A line of the timeline, or None for what needs no line of its own."""
    if moment.type not in LINES or _goes_unsaid(sc, moment):
        return None
    at = 0 if lang == "zh" else 1
    who = moment.data.get("party")
    key = ("told", lang, moment.type, *(str(moment.data.get(word)) for word in TELLING))
    if key not in sc.kept:
        name = sc.say(sc.parties[who].name, lang) if who else NOBODY[at]
        what = _what(sc, moment, at)
        said = sc.say(what, lang) if isinstance(what, Text) else what
        sc.kept[key] = LINES[moment.type][at].format(who=name, what=said)
    return {"event": moment.seq, "day": moment.day, "type": moment.type, "party": who or None, "text": sc.kept[key]}


def _goes_unsaid(sc: Scenario, moment: Moment) -> bool:
    """A chance that did not happen, and a formal step at which nobody could have bid."""
    match moment.type:
        case "chance-drawn.1":
            return not moment.data["happened"]
        case "procedure-held.1":
            formal = sc.actions[moment.data["action"]].procedure
            return formal is None or not formal.most
        case _:
            return False


def tactic_told(party: Party, lang: str) -> str:
    """How a party bargained, in one sentence."""
    at = 0 if lang == "zh" else 1
    return TACTICS[party.tactic.kind][at].format(how=(LATE if party.tactic.e < 1 else EARLY)[at])


def _what(sc: Scenario, moment: Moment, at: int) -> Text | str:
    data = moment.data
    if moment.type in NAMED:
        group, word, field = NAMED[moment.type]
        text: Text = getattr(getattr(sc, group)[data[word]], field)
        return text
    match moment.type:
        case "action-taken.1" | "question-evaded.1":
            option = sc.actions[data["action"]].options.get(data.get("option", ""))
            return option.text if option else sc.actions[data["action"]].text
        case "procedure-held.1":
            return _held(sc, data, at)
        case "stage-entered.1":
            return sc.stages[sc.stage_index(data["stage"])].title
        case _:
            return _at_the_table(sc, moment, at)


def _held(sc: Scenario, data: dict[str, Any], at: int) -> str:
    formal = sc.actions[data["action"]].procedure
    if data["best"] is None:
        return NO_BIDS[at]
    unit = sc.say(formal.unit if formal else None, "en" if at else "zh")
    return BIDS[at].format(n=len(data["bids"]), best=f"{data['best']:g}", unit=unit).strip()


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
