"""Studying as a page does it: lease after lease, interval after interval, with the clock moved by hand."""

from datetime import datetime, timedelta

from courses.models import Enrolment, StudyLease
from courses.services.intervals import IntervalOutcome, credit_interval
from courses.services.leases import grant_lease, token_of
from courses.services.presence import PresenceOutcome, answer_challenge


def lease_for(enrolment: Enrolment, now: datetime, item_uid: str = "item-1", renews: str = "") -> StudyLease:
    return grant_lease(enrolment=enrolment, item_uid=item_uid, renews=renews, now=now).lease


def claim(lease: StudyLease, seq: int, start: int, end: int, now: datetime) -> IntervalOutcome:
    return credit_interval(lease_token=token_of(lease), client_seq=seq, start_s=start, end_s=end, now=now)


def study_item(enrolment: Enrolment, item_uid: str, seconds: int, now: datetime) -> datetime:
    """Read attentively for `seconds` and have every minute credited; the moment at which that is done."""
    done = 0
    while done < seconds:
        lease = lease_for(enrolment, now, item_uid)
        step = min(60, seconds - done)
        now += timedelta(seconds=step)
        claim(lease, 0, done, done + step, now)
        done += step
    return now


def answer(lease: StudyLease, now: datetime, no: int | None = None) -> PresenceOutcome:
    return answer_challenge(lease_token=token_of(lease), challenge_no=no or lease.challenge_no, now=now)


def lease_until_asked(enrolment: Enrolment, now: datetime, item_uid: str = "item-1") -> tuple[StudyLease, datetime]:
    """Keep a page open, with nothing claimed, until a question falls due; that lease, and when it is asked."""
    lease = lease_for(enrolment, now, item_uid)
    while lease.challenge_at >= lease.expires_at:
        lease = lease_for(enrolment, lease.expires_at, item_uid, renews=token_of(lease))
    return lease, lease.challenge_at
