"""The monthly draw: confirmed claims that somebody else looks at again, by a draw that anybody can repeat.

Of each organisation's claims that were confirmed in a month (Beijing), `audit_percent` are drawn, rounded up: those
with the smallest blake2b hash of their uid, keyed with the first seal of the credit book made after the month ended.
The seal is published (`/ledger/heads.json`) and was known to nobody while the claims were confirmed.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import blake2b
from math import ceil
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import users_in_role
from lms.credits.enums import CONFIRMING_ROLES, Book, SampleState
from lms.credits.models import AuditSample, Claim
from lms.credits.policies import can_look_again
from lms.credits.selectors.rules import rules_for, table_of
from lms.credits.selectors.samples import confirmed_between, was_drawn
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.selectors.seals import first_seal_since

from .claim_states import day_of, locked
from .crediting import take_back
from .judging import actor_of, write_down

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

LONGEST_FINDING = 500


class NotYoursToLookAt(NotAllowed):
    code = "sample-not-yours"
    message = _("Somebody looks at “%(claim)s” again who did not decide about it and has no part in it.")


class LookedAtBefore(Conflict):
    code = "sample-looked-at"
    message = _("Somebody has looked at this claim again already: %(state)s.")


class NoFinding(Refusal):
    code = "sample-without-finding"
    message = _("Say what you looked at and what you found.")


def rank(uid: UUID, seed: str) -> str:
    """Where a claim stands in the draw: the smallest are drawn."""
    return blake2b(uid.bytes, key=bytes.fromhex(seed), digest_size=32).hexdigest()


def drawn(uids: list[UUID], *, seed: str, percent: Decimal) -> list[UUID]:
    """The claims of one organisation and month that the draw chooses, at least one if there are any."""
    number = ceil(len(uids) * percent / 100)
    return sorted(uids, key=lambda uid: rank(uid, seed))[:number]


@transaction.atomic
def draw_samples(*, now: datetime) -> int:
    """Draw among the claims of last month, once for every organisation; how many were drawn.

    As long as the book has not been sealed since the month ended, nothing is drawn.
    """
    begin, end = _last_month(day_of(now))
    seal = first_seal_since(Book.CREDITS, end)
    if seal is None:
        return 0
    by_organisation: dict[int, list[Claim]] = defaultdict(list)
    for claim in confirmed_between(begin, end):
        by_organisation[claim.organisation_id].append(claim)
    return sum(_draw(claims, seal.hash, begin, end, now) for claims in by_organisation.values())


def _draw(claims: list[Claim], seed: str, begin: datetime, end: datetime, now: datetime) -> int:
    base = claims[0].organisation
    if was_drawn(base.pk, begin, end):
        return 0
    last_day = (end - timedelta(hours=1)).astimezone(BEIJING).date()
    percent = table_of(rules_for(organisation_id=base.pk, on=last_day)).claims.audit_percent
    by_uid = {claim.uid: claim for claim in claims}
    chosen = drawn(list(by_uid), seed=seed, percent=percent)
    for uid in chosen:
        AuditSample.objects.create(claim=by_uid[uid], draw=rank(uid, seed), seed=seed, drawn_at=now)
    if chosen:
        _tell(base, len(chosen), begin, now)
    return len(chosen)


def _last_month(today: date) -> tuple[datetime, datetime]:
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return datetime.combine(before, time(), BEIJING), datetime.combine(first, time(), BEIJING)


@transaction.atomic
def look_again(*, sample: AuditSample, user: "User", passed: bool, finding: str, now: datetime) -> AuditSample:
    """Say what looking again found. A claim found wrong loses its lines; the same call again answers the same."""
    claim = locked(sample.claim)
    held = AuditSample.objects.select_for_update().get(pk=sample.pk)
    held.claim = claim
    to = SampleState.PASSED if passed else SampleState.FAILED
    if held.state == to and held.looked_by_id == user.pk:
        return held
    if held.state != SampleState.OPEN:
        raise LookedAtBefore(state=held.get_state_display())
    if not can_look_again(user, held):
        raise NotYoursToLookAt(claim=claim.title)
    if not finding.strip():
        raise NoFinding
    held.state, held.finding, held.looked_by, held.looked_at = to, finding.strip()[:LONGEST_FINDING], user, now
    held.save(update_fields=["state", "finding", "looked_by", "looked_at"])
    write_down(claim, f"sample-{to.value}", user, now=now)
    if not passed:
        take_back(claim, reason=held.finding, actor=actor_of(user), now=now)
    return held


def _tell(base: "Organisation", number: int, begin: datetime, now: datetime) -> None:
    users = {user.pk: user for role in CONFIRMING_ROLES for user in users_in_role(base.pk, role, at=now)}
    for user in users.values():
        announce(
            to=user,
            kind="sample-waiting",
            subject_ref=f"credits.samples:{base.pk}:{begin:%Y-%m}",
            context={"claims": number, "organisation": {"zh": base.name, "en": base.name_en}},
            url=reverse("credits:desk-samples"),
            organisation=base.code,
            now=now,
        )
