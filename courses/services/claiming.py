"""From a confirmed practice record to a draft of a credit claim, filled in, with the same files."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import PracticeKind, PracticeState
from courses.models import PracticeRecord
from courses.selectors.practice import claim_on, origin_of
from lms.credits.services.claiming import add_evidence, begin_claim
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services.papers import open_paper

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import Claim

# By which rule a record of a kind is claimed; a visit alone earns nothing.
RULE_OF = {
    PracticeKind.DEMAND: "demand-filed",
    PracticeKind.ACHIEVEMENT: "achievement-found",
    PracticeKind.MATCH: "match-made",
    PracticeKind.CONTRACT: "contract-registered",
}


class NotYourRecord(NotAllowed):
    """Credits belong to whoever did the work."""

    code = "not-your-record-to-claim"
    message = _("Only the person whose record this is claims credits for it.")


class RecordNotConfirmed(Conflict):
    """A claim rests on what somebody has signed off."""

    code = "record-not-confirmed"
    message = _("Credits are claimed for a confirmed record; this one stands here: %(state)s.")


class NoCreditsForKind(Refusal):
    """The visit leads to what earns credits."""

    code = "no-credits-for-kind"
    message = _("A record of this kind earns no credits by itself; the demand, match or contract that follows does.")


@transaction.atomic
def claim_for_practice(*, record: PracticeRecord, user: "User", now: datetime) -> "Claim":
    """Begin a claim from the record; the second time answers the claim that is there."""
    if record.person.user_id != user.pk:
        raise NotYourRecord
    if record.state != PracticeState.CONFIRMED:
        raise RecordNotConfirmed(state=record.get_state_display())
    rule = RULE_OF.get(PracticeKind(record.kind))
    if rule is None:
        raise NoCreditsForKind
    there = claim_on(record)
    if there is not None:
        return there
    claim = begin_claim(
        person=record.person,
        organisation=record.organisation,
        rule=rule,
        title=record.title,
        occurred_on=record.occurred_on,
        origin=origin_of(record),
        fields=record.fields,
        now=now,
    )
    if claim.evidence.exists():
        return claim  # another hand was faster
    kept = [each.file for each in record.evidence.select_related("file") if each.file is not None]
    papers = [open_paper(file) for file in kept]
    return add_evidence(claim=claim, papers=papers, revision=claim.revision, now=now)
