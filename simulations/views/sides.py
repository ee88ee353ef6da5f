"""The two sides of the table, and who may still be called to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.design.charts.paper import place, polyline
from simulations.engine.scenario import Scenario

from .words import MOODS, SILENT, Mood

PORTRAITS = ("chief", "sensor", "lab", "burner", "founder", "official")
_TREND_LEFT, _TREND_RIGHT = 52, 224
_TREND_ROUNDS = 6
_STEP_HEIGHT, _FOOT = 16, 72
SEGMENTS = (("0", "1"), ("25.5", "2"), ("51", "3"), ("76.5", "4"))
# A trade that is seen on a person: the coat of the laboratory, the helmet of the works, the suit of the office.
_TRADES = (
    ("lab", ("教授", "研究员", "课题组", "实验室", "科学家", "研究所")),
    ("burner", ("总工", "厂长", "车间", "工程", "工艺", "设备", "生产")),
    ("official", ("主任", "处长", "局", "科长", "管委会", "基金", "投资", "行长")),
    ("sensor", ("创始人",)),
)


def faces_of(scenario: Scenario) -> dict[str, str]:
    """A face for everybody of a case, by trade, and no face twice while others are left; the same in every language."""
    principal = scenario.talks.principal
    free, faces = list(PORTRAITS), {}
    for name in sorted(scenario.parties, key=lambda name: name != principal):
        role = scenario.say(scenario.parties[name].role, "zh")
        trade = next((face for face, words in _TRADES if any(word in role for word in words)), "")
        faces[name] = trade if trade in free else free[0]
        free.remove(faces[name])
        free = free or list(PORTRAITS)
    return faces


@dataclass(frozen=True, slots=True)
class Trend:
    """How a side's mood went, round by round, as a line."""

    path: str
    dots: list[tuple[str, str]]
    label: str


@dataclass(frozen=True, slots=True)
class Side:
    """One person of the deal as the trainee sees them."""

    id: str
    seat: str  # a or b
    portrait: str
    person: str
    name: str
    role: str
    public: str
    mood: Mood
    trust: int
    threshold: int
    trust_note: str
    said: str
    said_when: str
    trend: Trend | None
    asks: list[dict[str, Any]] = field(default_factory=list)
    stage: str = ""
    history: list[tuple[str, str]] = field(default_factory=list)  # when, and what was said, latest first

    @property
    def face_label(self) -> str:
        return _("%(person)s, %(mood)s") % {"person": self.person, "mood": self.mood.word}

    @property
    def asks_now(self) -> list[dict[str, Any]]:
        """What can be asked, and what was asked at this stage."""
        return [action for action in self.asks if action not in self.asks_before]

    @property
    def asks_before(self) -> list[dict[str, Any]]:
        """What was asked at earlier stages."""
        return [action for action in self.asks if action["done"] and action["stage"] != self.stage]

    @property
    def is_heard_out(self) -> bool:
        """Whether nothing is left to ask."""
        return all(action["done"] for action in self.asks)

    @property
    def segments(self) -> list[tuple[str, bool]]:
        """The four steps of the mood scale: where each stands, and whether it is reached."""
        return [(x, int(step) <= self.mood.step) for x, step in SEGMENTS]


def _trend(moods: Sequence[str]) -> Trend | None:
    latest = moods[-_TREND_ROUNDS:]
    if len(latest) < 2:
        return None
    stride = (_TREND_RIGHT - _TREND_LEFT) / (len(latest) - 1)
    points = [
        (_TREND_LEFT + stride * n, float(_FOOT - _STEP_HEIGHT * MOODS[mood].step)) for n, mood in enumerate(latest)
    ]
    words = _(", ").join(str(MOODS[mood].word) for mood in latest)
    label = _("Moods over %(count)s rounds: %(words)s") % {"count": len(latest), "words": words}
    return Trend(polyline(points), [(place(x), place(y)) for x, y in points], label)


def _trust_note(trust: int, threshold: int) -> str:
    if trust >= threshold:
        return _("Above %(threshold)s: will confide in you") % {"threshold": threshold}
    return _("Below %(threshold)s: some questions will be evaded") % {"threshold": threshold}


def _said_when(party: dict[str, Any]) -> str:
    if party["said_round"] is None:
        return ""
    return _("Round %(round)s · day %(day)s") % {"round": party["said_round"], "day": party["said_day"]}


def _history(view: dict[str, Any], party: str) -> list[tuple[str, str]]:
    """What somebody said to earlier rounds; the last words stand above."""
    said = [
        (_("Round %(round)s · day %(day)s") % {"round": offer["round"], "day": offer["day"]}, reply["said"])
        for offer in view["offers"]
        for reply in offer["replies"]
        if reply["party"] == party
    ]
    return said[-2::-1]


def _side(view: dict[str, Any], party: dict[str, Any], portrait: str) -> Side:
    return Side(
        id=party["id"],
        seat="a" if party["side"] == "principal" else "b",
        portrait=portrait,
        person=party["person"],
        name=party["name"],
        role=party["role"],
        public=party["public"],
        mood=MOODS.get(party["mood"], SILENT),
        trust=party["trust"],
        threshold=party["confides_at"],
        trust_note=_trust_note(party["trust"], party["confides_at"]),
        said=party["said"] or "",
        said_when=_said_when(party),
        trend=_trend(party["moods"]),
        asks=[each for each in view["actions"] if each["kind"] == "ask" and each["party"] == party["id"]],
        stage=view["stage"],
        history=_history(view, party["id"]),
    )


@dataclass(frozen=True, slots=True)
class Seats:
    """Who sits left and right of the paper; `called` are those who may still be asked to sit right."""

    a: Side
    b: Side | None
    called: list[Side]

    def name_of(self, party: str) -> str:
        """The name of a party for a line of text."""
        sides = [self.a, *([self.b] if self.b else []), *self.called]
        return next((side.name for side in sides if side.id == party), "")

    def seat_of(self, party: str) -> str:
        """a, b, or nothing for somebody who does not sit at the table."""
        if party == self.a.id:
            return "a"
        return "b" if self.b and party == self.b.id else ""


def seats(view: dict[str, Any], faces: Mapping[str, str]) -> Seats:
    """Seat everybody in the view, each with a face."""
    sides = [_side(view, party, faces[party["id"]]) for party in _principal_first(view["parties"])]
    partner = next((side for side in sides if side.id == view["partner"]), None)
    called = [side for side in sides[1:] if side is not partner]
    return Seats(sides[0], partner, called)


def _principal_first(parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(parties, key=lambda party: party["side"] != "principal")
