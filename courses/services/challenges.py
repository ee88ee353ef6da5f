"""When the next presence question falls due. A browser cannot work it out: it is drawn under the house's own secret."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from courses.models import StudyLease
from lms.schemes.selectors.study_rules import StudyRules

SALT = "courses.presence"


@dataclass(frozen=True, slots=True)
class Challenge:
    """A presence question of a person: its number, and when it falls due if the lease lives that long."""

    no: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a page has to put now or within its lease."""

    no: int
    due_in_s: int
    answer_by: datetime
    left_s: int


@dataclass(frozen=True, slots=True)
class Before:
    """The person's last lease: when it began and ended, its challenge, and when that was answered."""

    issued_at: datetime
    ended_at: datetime
    challenge: Challenge
    answered_at: datetime | None


def draw(enrolment_id: int, no: int, rules: StudyRules) -> timedelta:
    """How much study there is before the question of this number."""
    digest = salted_hmac(SALT, f"{enrolment_id}:{no}", algorithm="sha256").digest()
    span = rules.presence_to_s - rules.presence_from_s + 1
    return timedelta(seconds=rules.presence_from_s + int.from_bytes(digest[:7], "big") * span // 2**56)


def next_challenge(
    before: Before | None, *, enrolment_id: int, continues: bool, rules: StudyRules, now: datetime
) -> Challenge:
    """The challenge of a lease that begins now: carried on from the lease before, less the time lived through.

    Once due it stays due until answered. Whoever comes back in a new page after the time for an answer has gone
    is asked anew at once, with the whole time to answer; what the old question held back is refused.
    """
    if before is None:
        return Challenge(1, now + draw(enrolment_id, 1, rules))
    challenge = before.challenge
    if before.answered_at is not None:
        lived = before.ended_at - max(before.issued_at, before.answered_at)
        left = draw(enrolment_id, challenge.no + 1, rules) - max(lived, timedelta(0))
        return Challenge(challenge.no + 1, now + left)
    if challenge.at > before.ended_at:
        return Challenge(challenge.no, now + (challenge.at - before.ended_at))
    if not continues and now > answer_by(challenge.at, rules):
        return Challenge(challenge.no + 1, now)
    return challenge


def answer_by(due: datetime, rules: StudyRules) -> datetime:
    """Until when an answer counts as given in time."""
    return due + timedelta(seconds=rules.presence_answer_s)


def asked_under(
    lease: StudyLease, *, answered: bool, ends_at: datetime, rules: StudyRules, now: datetime
) -> Asked | None:
    """What a page under this lease has to ask, if anything; what lies beyond its lease it is not told."""
    if answered or lease.challenge_at > ends_at:
        return None
    due_in = max(math.ceil((lease.challenge_at - now).total_seconds()), 0)
    until = answer_by(lease.challenge_at, rules)
    return Asked(lease.challenge_no, due_in, until, left_s=max(int((until - now).total_seconds()), 0))
