"""What becomes of a claimed interval, second by second. The rule itself, in docs/reference/study-time.md; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.enums import IntervalReason, PartVerdict

from .spans import Pair, Parts, Spans, early, joined, length, of_verdict, without


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole seconds that a lease has lived through, one after the other, and what is said of them."""

    seconds: int
    verdict: PartVerdict = PartVerdict.CREDITED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a lease allows: the time it has lived, of which `spent_s` is used up, and why there is no more.

    `day_left_s` is what the daily ceiling leaves. With `closed` nothing is credited at all, for that reason.
    """

    lived: tuple[Stretch, ...]
    spent_s: int
    short: IntervalReason
    day_left_s: int
    taken_over: bool = False
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a claim: parts that cover it exactly, how much lived time it used up, and the reason to give."""

    parts: Parts
    spent_s: int
    reason: str

    @property
    def accepted(self) -> Spans:
        """Seconds credited."""
        return of_verdict(self.parts, PartVerdict.CREDITED)

    @property
    def accepted_s(self) -> int:
        """How many seconds are credited."""
        return length(self.accepted)

    @property
    def pending_s(self) -> int:
        """How many seconds wait for a presence answer."""
        return length(of_verdict(self.parts, PartVerdict.PENDING))

    @property
    def early_s(self) -> int:
        """How many seconds may be claimed again when the time has gone by."""
        return early(self.parts)


def judge(claim: Pair, *, taken: Sequence[Pair], declared_s: int, allowance: Allowance) -> Verdict:
    """Divide `claim` into credited, pending and refused; the seconds in `taken` are counted or pending already.

    The claim's new seconds, the earliest first, use up the time that the lease has lived, the earliest first.
    """
    start, end = claim
    if allowance.closed:
        return Verdict([[start, end, PartVerdict.REFUSED, allowance.closed]], 0, allowance.closed)
    within = min(end, declared_s)
    fresh = without(start, within, taken)
    spent, parts = _spend(fresh, allowance)
    seen = without(start, within, fresh)
    parts += [[one, two, PartVerdict.REFUSED, IntervalReason.ALREADY_COUNTED] for one, two in seen]
    if end > declared_s:
        parts.append([max(start, declared_s), end, PartVerdict.REFUSED, IntervalReason.DECLARED_REACHED])
    parts = joined(parts)
    return Verdict(parts, spent, reason_of(parts, taken_over=allowance.taken_over))


def reason_of(parts: Parts, *, taken_over: bool = False) -> str:
    """The first of the reasons; a page that was taken over is told so whatever else there is to say."""
    said = {reason for _start, _end, _verdict, reason in parts if reason}
    if taken_over:
        said.add(IntervalReason.TAKEN_OVER)
    return next((reason.value for reason in IntervalReason if reason in said), "")


def _spend(fresh: Spans, allowance: Allowance) -> tuple[int, Parts]:
    """Lay the fresh seconds along the lived ones, from where earlier claims left off."""
    left = list(_unspent(allowance))
    parts: Parts = []
    spent = 0
    for start, end in fresh:
        at = start
        while at < end and left:
            stretch = left.pop(0)
            step = min(end - at, stretch.seconds)
            parts.append([at, at + step, stretch.verdict, stretch.reason])
            at, spent = at + step, spent + step
            if step < stretch.seconds:
                left.insert(0, Stretch(stretch.seconds - step, stretch.verdict, stretch.reason))
        if at < end:
            parts.append([at, end, PartVerdict.REFUSED, allowance.short])
    return spent, parts


def _unspent(allowance: Allowance) -> Iterator[Stretch]:
    """The lived stretches without what is spent; what the day can no longer hold is lived and not credited."""
    spent, room = allowance.spent_s, allowance.day_left_s
    for stretch in allowance.lived:
        used = min(spent, stretch.seconds)
        spent -= used
        seconds = stretch.seconds - used
        if stretch.verdict != PartVerdict.CREDITED:
            yield from _some(seconds, stretch.verdict, stretch.reason)
            continue
        held = min(seconds, room)
        room -= held
        yield from _some(held, PartVerdict.CREDITED, "")
        yield from _some(seconds - held, PartVerdict.REFUSED, IntervalReason.DAILY_CEILING)


def _some(seconds: int, verdict: PartVerdict, reason: str) -> Iterator[Stretch]:
    if seconds > 0:
        yield Stretch(seconds, verdict, reason)
