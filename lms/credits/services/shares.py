"""Who had which part in the work: shares of exactly 100 %, each agreed to by the person it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.selectors.people import people_by_mail
from lms.credits.enums import ClaimState, ShareState
from lms.credits.models import Claim, ClaimShare
from lms.credits.selectors.rules import table_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal

from .claim_states import ClaimChanged, change_state, day_of, locked, locked_editable, touch
from .claim_telling import tell_confirmers, tell_of_answer

if TYPE_CHECKING:
    from lms.accounts.models import Person, User

WHOLE, HUNDREDTH = Decimal(100), Decimal("0.01")
MOST_PEOPLE = 20
LONGEST_PART, LONGEST_REASON = 200, 300


class UnknownContributor(Refusal):
    """Nobody on the platform has this address; whether somebody has another is not told."""

    code = "unknown-contributor"
    message = _("Nobody on this platform uses the mail address “%(mail)s”. Ask them for the one they sign in with.")


class SharesNotWhole(Refusal):
    """More or less than the whole work."""

    code = "shares-not-whole"
    message = _("The shares come to %(sum)s %%, not to exactly 100 %%.")


class ShareOutOfRange(Refusal):
    """No share, or no figure."""

    code = "share-out-of-range"
    message = _("A share is a figure above 0 and at most 100 with at most two decimals; “%(given)s” is not.")


class SharedTwice(Refusal):
    """One person, two shares."""

    code = "shared-twice"
    message = _("%(name)s is named twice. Give each person one share.")


class ClaimantWithoutShare(Refusal):
    """Whoever claims took part."""

    code = "claimant-without-share"
    message = _("Your own share is missing. Whoever had no part in the work cannot claim credits for it.")


class TooManyContributors(Refusal):
    """More than anybody could ask."""

    code = "too-many-contributors"
    message = _("A claim names at most %(most)s people.")


class NotToBeShared(Refusal):
    """The rule gives its points to one person."""

    code = "not-to-be-shared"
    message = _("Work under this rule is claimed by one person alone; nobody else can be named.")


class NotYourShare(NotAllowed):
    """A share is answered by the person it is for."""

    code = "not-your-share"
    message = _("Only the person whose share this is can answer.")


class ShareAnswered(Conflict):
    """There is one answer to what was asked."""

    code = "share-answered"
    message = _("This share is answered already: %(state)s.")


class NothingToAnswer(Conflict):
    """The claim is back with its owner, decided, or withdrawn."""

    code = "share-not-asked"
    message = _("There is nothing to answer now. The claim stands here: %(state)s.")


class DeclineWithoutReason(Refusal):
    """The claimant has to know what to change."""

    code = "decline-without-reason"
    message = _("Say why you decline; whoever claims reads the reason.")


@dataclass(frozen=True, slots=True)
class Part:
    """What one person had to do with the work, and how much of it."""

    person: "Person"
    percent: Decimal
    words: str = ""


def contributor(mail: str) -> "Person":
    """The person who signs in with this address; there is no list to browse."""
    address = mail.strip().lower()
    found = people_by_mail([address]).get(address)
    if found is None:
        raise UnknownContributor(mail=mail.strip()[:120])
    return found


def as_percent(given: object) -> Decimal:
    """A share as it is kept: above 0, at most 100, two places."""
    try:
        percent = Decimal(str(given).strip())
        exact = percent.is_finite() and 0 < percent <= WHOLE and percent == percent.quantize(HUNDREDTH)
    except InvalidOperation:
        exact = False
    if not exact or "e" in str(given).lower():
        raise ShareOutOfRange(given=str(given)[:40])
    return percent.quantize(HUNDREDTH)


def equal_shares(people: int) -> list[Decimal]:
    """100 % in equal parts; the hundredths that do not divide go to the first."""
    each, rest = divmod(10000, people)
    return [Decimal(each + (place < rest)).scaleb(-2) for place in range(people)]


@transaction.atomic
def set_shares(*, claim: Claim, shares: Sequence[Part], revision: int, now: datetime) -> Claim:
    """Write down who had which part; when anything is another than before, everybody is asked anew."""
    held = locked_editable(claim, revision)
    parts = _checked(held, shares)
    there = {share.person_id: share for share in held.shares.all()}
    if {number: (share.percent, share.part) for number, share in there.items()} == {
        part.person.pk: (part.percent, part.words) for part in parts
    }:
        return held
    held.shares.exclude(person__in=[part.person.pk for part in parts]).delete()
    for part in parts:
        share = there.get(part.person.pk) or ClaimShare(claim=held, person=part.person)
        share.percent, share.part = part.percent, part.words
        share.save()
    ask_anew(held, now=now)
    return touch(held, now=now)


def _checked(claim: Claim, shares: Sequence[Part]) -> list[Part]:
    parts = [Part(part.person, as_percent(part.percent), part.words.strip()[:LONGEST_PART]) for part in shares]
    if len(parts) > MOST_PEOPLE:
        raise TooManyContributors(most=MOST_PEOPLE)
    seen: set[int] = set()
    for part in parts:
        if part.person.pk in seen:
            raise SharedTwice(name=part.person.real_name)
        seen.add(part.person.pk)
    if claim.person_id not in seen:
        raise ClaimantWithoutShare
    if len(parts) > 1 and not table_of(claim.rules).rule(claim.rule).shared:
        raise NotToBeShared
    require_whole([part.percent for part in parts])
    return parts


def require_whole(percents: Sequence[Decimal]) -> None:
    """Exactly 100 %: neither 99.99 nor 101."""
    whole = sum(percents, Decimal(0))
    if whole != WHOLE:
        raise SharesNotWhole(sum=f"{whole:.2f}")


def ask_anew(claim: Claim, *, now: datetime) -> None:
    """Nobody has agreed to what they have not seen; the claimant agrees by claiming."""
    others = claim.shares.exclude(person=claim.person_id)
    others.update(state=ShareState.ASKED, reason="", answered_at=None)
    claim.shares.filter(person=claim.person_id).update(state=ShareState.AGREED, reason="", answered_at=now)


def all_agreed(claim: Claim) -> bool:
    """Whether everybody with a share has agreed to it (one query)."""
    return not claim.shares.exclude(state=ShareState.AGREED).exists()


@transaction.atomic
def answer_share(
    *, share: ClaimShare, user: "User", agree: bool, reason: str = "", now: datetime, revision: int | None = None
) -> ClaimShare:
    """Agree to the share that a claim names for oneself, or decline it and say why.

    A claim with a declined share goes back to its owner. The same answer again changes nothing; `revision`, where
    given, is that of the claim which the person has read.
    """
    claim = locked(share.claim)
    held = ClaimShare.objects.select_related("person__user").get(pk=share.pk)
    if held.person.user_id != user.pk or held.person_id == claim.person_id:
        raise NotYourShare
    answer = ShareState.AGREED if agree else ShareState.DECLINED
    if held.state == answer:
        return held
    if held.state != ShareState.ASKED:
        raise ShareAnswered(state=held.get_state_display())
    if claim.state != ClaimState.SUBMITTED:
        raise NothingToAnswer(state=claim.get_state_display())
    if revision is not None and revision != claim.revision:
        raise ClaimChanged
    if not agree and not reason.strip():
        raise DeclineWithoutReason
    held.state, held.reason, held.answered_at = answer, reason.strip()[:LONGEST_REASON], now
    held.save(update_fields=["state", "reason", "answered_at"])
    _follow_up(claim, held, f"user:{user.pk}", now)
    return held


def _follow_up(claim: Claim, share: ClaimShare, actor: str, now: datetime) -> None:
    if share.state == ShareState.DECLINED:
        change_state(claim, ClaimState.RETURNED, actor, share.reason, now)
    elif all_agreed(claim):
        claim.due_on = day_of(now) + timedelta(days=table_of(claim.rules).claims.days_to_answer)
        claim.save(update_fields=["due_on"])
        tell_confirmers(claim, now=now)
    tell_of_answer(claim, share, now=now)
