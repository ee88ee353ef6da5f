"""The notebook of clues: what was found out, of what grade, from where; by stage and by grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .sides import Seats
from .words import term

# From a mere claim to what stands in a register or in the law.
GRADES: dict[str, tuple[int, str | Promise]] = {
    "claim": (1, pgettext_lazy("evidence", "Claim")),
    "statement": (2, pgettext_lazy("evidence", "Statement")),
    "record": (3, pgettext_lazy("evidence", "Record")),
    "test": (4, pgettext_lazy("evidence", "Test")),
    "register": (5, pgettext_lazy("evidence", "Register")),
    "law": (5, pgettext_lazy("evidence", "Law")),
}
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that has been found out: whose interest it is, how good the evidence, when and from where."""

    id: str
    seat: str
    text: str
    stage: str
    stage_title: str
    grade: str
    grade_word: str | Promise
    pips: list[bool]
    when: str
    source: str
    document: str
    bounds: list[str]
    law: dict[str, Any] | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice of a filter, with how many clues it leaves."""

    value: str
    text: str | Promise
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """The notebook as it is open now."""

    clues: list[Clue]
    stages: list[Pick]
    grades: list[Pick]

    @property
    def count(self) -> int:
        return len(self.clues)

    @property
    def shown(self) -> int:
        return sum(not clue.hidden for clue in self.clues)


def _bounds(view: dict[str, Any], limits: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Bounds on terms that a clue makes known, in words."""
    issues = {issue["id"]: issue for issue in view["issues"]}
    return [f"{issues[name]['text']} {bound_words(issues[name], limit)}" for name, limit in limits.items()]


def bound_words(issue: dict[str, Any], limit: Mapping[str, Any]) -> str:
    """One bound of a term: at least, at most, or one of some."""
    said = []
    if limit.get("ge") is not None:
        said.append(_("at least %(value)s") % {"value": term(issue, limit["ge"])})
    if limit.get("le") is not None:
        said.append(_("at most %(value)s") % {"value": term(issue, limit["le"])})
    if limit.get("among"):
        said.append(_("only %(values)s") % {"values": _(", ").join(term(issue, each) for each in limit["among"])})
    return _("; ").join(said)


def clue_of(view: dict[str, Any], fact: dict[str, Any], who: Seats, *, hidden: bool = False) -> Clue:
    """One fact of the view as a line of the notebook."""
    found = sorted(filter(None, (who.seat_of(party) for party in {each["party"] for each in fact["says"]})))
    source, grade = fact["source"], fact["grade"]
    step, word = GRADES[grade]
    titles = {stage["id"]: stage["title"] for stage in view["stages"]}
    return Clue(
        id=fact["id"],
        seat=found[0] if len(found) == 1 else "t",
        text=fact["text"],
        stage=fact["stage"],
        stage_title=titles.get(fact["stage"], ""),
        grade=grade,
        grade_word=word,
        pips=[n < step for n in range(_STEPS)],
        when=_("Day %(day)s") % {"day": fact["day"]},
        source=source["text"],
        document=source["id"] if source["kind"] == "document" else "",
        bounds=_bounds(view, fact["limits"]),
        law=fact["law"],
        hidden=hidden,
    )


def notes(view: dict[str, Any], who: Seats, asked: Mapping[str, str]) -> Notes:
    """Everything found out, latest first; `asked` may name a stage and a grade to see alone."""
    stage, grade = asked.get("of", ""), asked.get("grade", "")
    clues = [
        clue_of(view, fact, who, hidden=not _wanted(fact, stage, grade))
        for fact in sorted(view["facts"], key=lambda fact: -fact["event"])
    ]
    stages = [(each["id"], each["title"]) for each in view["stages"]]
    return Notes(
        clues,
        _picks(stages, [clue.stage for clue in clues], stage),
        _picks([(name, word) for name, (_step, word) in GRADES.items()], [clue.grade for clue in clues], grade),
    )


def _wanted(fact: dict[str, Any], stage: str, grade: str) -> bool:
    return stage in ("", fact["stage"]) and grade in ("", fact["grade"])


def _picks(names: list[tuple[str, Any]], found: list[str], chosen: str) -> list[Pick]:
    """The filters that leave something."""
    return [Pick(name, text, found.count(name), name == chosen) for name, text in names if name in found]
