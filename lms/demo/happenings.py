"""What happens to people of the populated demonstration and when: a person's stage told as dated happenings. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from lms.kernel.levels import LevelCode
from simulations.engine.chance import u01

from . import doing
from .population import Days, Recruit
from .stages import ALL, COURSE_MINUTES, Award, Exam, Play

SEED = "jiqiao-demo-lives"
# People are up from eight in the morning to nine in the evening, Beijing time; midnight there is 16:00 here.
EVENING_S = 13 * 3600
BEFORE_LAST = {Award.PREPARED, Award.APPROVED}
RECENTLY: Days = (-8, -1)
SECOND_DATE: Days = (-50, -41)
RENEWAL: Days = (-212, -206)
SITTING_MINUTES = 40  # of study, on an evening
SITTING_SINCE = timedelta(minutes=6)
REFUSAL = "单位盖章与报名时填写的工作单位不一致，请补交说明后重新提交。"
REVOCATION = "持证人书面申请放弃证书。"


@dataclass(frozen=True)
class Happening:
    """One thing that happens to one person at one moment."""

    at: datetime
    email: str
    act: Callable[..., object]
    what: Mapping[str, Any] = field(default_factory=dict)


def _draw(recruit: Recruit, *labels: str | int) -> float:
    return u01(SEED, recruit.email, *labels)


def day_at(anchor: datetime, days: float, hour: float) -> datetime:
    """A moment of the waking day, `days` from the anchor's; `hour` in [0, 1) is how far that day has gone."""
    midnight = anchor.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=int(days // 1), seconds=int(hour * EVENING_S))


def story_of(recruit: Recruit, anchor: datetime) -> Iterator[Happening]:
    """Everything that happened to this person since their name came onto the roster."""
    return _Biographer(recruit, anchor).tell()


@dataclass
class _Biographer:
    """Tells one life, in order."""

    recruit: Recruit
    anchor: datetime

    def tell(self) -> Iterator[Happening]:
        yield from self._before()
        yield from self._study()
        yield from self._exam()
        yield from self._deal()
        yield from self._award()

    def _within(self, window: Days, *labels: str | int) -> datetime:
        """A moment in the window, the same each time."""
        first, last = window
        day = first + _draw(self.recruit, "day", *labels) * (last - first)
        return day_at(self.anchor, day, _draw(self.recruit, "hour", *labels))

    def _to(self, at: datetime, act: Callable[..., object], **what: Any) -> Happening:
        return Happening(at, self.recruit.email, act, what)

    def _before(self) -> Iterator[Happening]:
        """A level that builds on another: what the base recorded when it took the person in."""
        prior = {LevelCode.INTERMEDIATE: LevelCode.JUNIOR, LevelCode.SENIOR: LevelCode.INTERMEDIATE}
        level = prior.get(self.recruit.batch.level)
        if level:
            day = day_at(self.anchor, self.recruit.batch.roster, 0.9)
            yield self._to(day, doing.record_prior_level, level=level)

    def _study(self) -> Iterator[Happening]:
        stage, batch = self.recruit.stage, self.recruit.batch
        if not stage.enrolled:
            return
        yield self._to(self._within(batch.enrols, "enrol"), doing.enrol, level=batch.level)
        minutes = self._minutes()
        sittings = min(minutes, 1 + int(_draw(self.recruit, "sittings") * 2) + minutes // SITTING_MINUTES)
        last = batch.sits[0] - 1 if stage.exam and batch.sits != (0, 0) else batch.studies[1]
        for number, share in enumerate(_shares(minutes, sittings), start=1):
            span = (last - batch.studies[0]) / sittings
            day = batch.studies[0] + (number - 1 + _draw(self.recruit, "study", number)) * span
            at = day_at(self.anchor, day, _draw(self.recruit, "studied at", number))
            yield self._to(at, doing.study, minutes=share)

    def _minutes(self) -> int:
        stage = self.recruit.stage
        room = stage.most_studied - stage.least_studied + 1
        percent = stage.least_studied + int(_draw(self.recruit, "minutes") * room)
        return COURSE_MINUTES[self.recruit.batch.level] * percent // ALL

    def _exam(self) -> Iterator[Happening]:
        exam, batch = self.recruit.stage.exam, self.recruit.batch
        if not exam:
            return
        at = self._within(batch.sits, "sit")
        yield self._to(at - timedelta(days=4), doing.take_seat, season=batch.season)
        if exam == Exam.UNFINISHED:
            began = self.anchor - SITTING_SINCE
            yield self._to(began, doing.sit, season=batch.season, lost=self._lost(fails=False), questions=5)
        elif exam != Exam.SEAT:
            fails = exam in (Exam.FAILED, Exam.SECOND_TRY)
            yield self._to(at, doing.sit, season=batch.season, lost=self._lost(fails=fails))
        if exam == Exam.SECOND_TRY:
            at = self._within(SECOND_DATE, "sit again")
            yield self._to(at, doing.take_seat, season="autumn")
            yield self._to(at, doing.sit, season="autumn", lost=self._lost(fails=False))

    def _lost(self, *, fails: bool) -> int:
        """How many of a hundred points go wrong; forty is the most with which one passes."""
        if fails:
            return 48 + int(_draw(self.recruit, "lost") * 26)
        return int((_draw(self.recruit, "lost") + _draw(self.recruit, "lost too")) * 20)

    def _deal(self) -> Iterator[Happening]:
        stage, batch = self.recruit.stage, self.recruit.batch
        window, level = batch.deals, batch.level
        if stage.practised:
            at = self._within(window, "practise")
            nth = int(_draw(self.recruit, "case") * 3)
            yield self._to(at, doing.play, level=level, nth=nth, policies=["average"], counted=False)
        if not stage.play:
            return
        at = self._within(window, "deal")
        if stage.play == Play.OPEN:
            yield self._to(at, doing.play, level=level, policies=["good"], counted=True, commands=20)
        elif stage.play == Play.BADLY:
            policy = "average" if _draw(self.recruit, "policy") < 0.7 else "novice"
            yield self._to(at, doing.play, level=level, policies=[policy], counted=True)
        else:
            policies = ["good", "expert"] if _draw(self.recruit, "policy") < 0.4 else ["expert"]
            yield self._to(at, doing.play_enough, level=level, policies=policies)

    def _award(self) -> Iterator[Happening]:
        award = self.recruit.stage.award
        if not award:
            return
        window = RECENTLY if award in BEFORE_LAST else self.recruit.batch.decides
        at = self._within(window, "decide")
        yield self._to(at, doing.prepare)
        if award == Award.PREPARED:
            return
        if award == Award.REFUSED:
            yield self._to(at + timedelta(hours=3), doing.refuse, reason=REFUSAL)
            return
        yield self._to(at + timedelta(hours=2), doing.approve)
        if award != Award.APPROVED:
            yield self._to(at + timedelta(hours=3), doing.issue_it)
        if award == Award.REVOKED:
            yield self._to(at + timedelta(days=30), doing.revoke_it, reason=REVOCATION)
        if award == Award.RENEWED:
            at = self._within(RENEWAL, "renew")
            yield self._to(at, doing.prepare)
            yield self._to(at + timedelta(hours=2), doing.approve)
            yield self._to(at + timedelta(hours=3), doing.issue_it)


def _shares(minutes: int, sittings: int) -> list[int]:
    """The minutes of each sitting, as even as whole minutes allow."""
    return [minutes * (number + 1) // sittings - minutes * number // sittings for number in range(sittings)]
