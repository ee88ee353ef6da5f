"""How much of a claimed interval is credited. The rule itself, in docs/reference/study-time.md; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.enums import IntervalReason

from .spans import Pair, Spans, first, length, without


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a lease still allows: whole seconds of wall time lived through at the allowed speed, less those spent."""

    earned_s: int
    spent_s: int
    running: bool
    taken_over: bool = False

    @property
    def left_s(self) -> int:
        """Seconds that may be credited now."""
        return max(self.earned_s - self.spent_s, 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a claim: what is credited, what may still be, and why not all of it."""

    accepted: Spans
    pending_s: int
    reason: str

    @property
    def accepted_s(self) -> int:
        """Seconds credited."""
        return length(self.accepted)


def judge(claim: Pair, *, covered: Sequence[Pair], declared_s: int, allowance: Allowance) -> Verdict:
    """Credit the seconds of `claim` that are new, within the declared time, and lived through under the lease."""
    start, end = claim
    within = min(end, declared_s)
    fresh = without(start, within, covered)
    accepted = first(fresh, allowance.left_s)
    short_s = length(fresh) - length(accepted)
    return Verdict(
        accepted=accepted,
        pending_s=short_s if allowance.running else 0,
        reason=_reason(allowance, short_s=short_s, beyond=end > declared_s, missing=end - start - length(accepted)),
    )


def _reason(allowance: Allowance, *, short_s: int, beyond: bool, missing: int) -> str:
    """The one reason that helps the person most; a page that was taken over is always told so."""
    if allowance.taken_over:
        return IntervalReason.TAKEN_OVER
    if short_s:
        return IntervalReason.AHEAD_OF_CLOCK if allowance.running else IntervalReason.LEASE_OVER
    if beyond:
        return IntervalReason.DECLARED_REACHED
    return IntervalReason.ALREADY_COUNTED if missing else ""
