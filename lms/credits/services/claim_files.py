"""The files that prove a claim: enciphered, known by the hash of the document as it was handed in."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState
from lms.credits.models import Claim, ClaimEvidence
from lms.credits.policies import can_open_claim_file
from lms.kernel.refusals import NotFound, Refusal
from lms.records.services import audit
from lms.records.services.papers import MAX_DOCUMENTS, Paper, keep_paper, open_paper
from lms.records.services.private_files import shred

from .claim_states import locked_editable, touch
from .shares import ask_anew

if TYPE_CHECKING:
    from lms.accounts.models import User

KIND = "claim-evidence"


class TooMuchEvidence(Refusal):
    """More files than anybody reads."""

    code = "claim-too-much-evidence"
    message = _("A claim takes at most %(most)s files. Take some out, or join pages into one file.")


class EvidenceGone(NotFound):
    """Shredded, or somebody else's."""

    code = "claim-evidence-gone"
    message = _("This file is no longer there.")


@transaction.atomic
def add_evidence(*, claim: Claim, papers: Iterable[Paper], revision: int, now: datetime) -> Claim:
    """Keep files that prove the claim; a document that is there already is kept once."""
    held = locked_editable(claim, revision)
    there = set(held.evidence.filter(file__isnull=False).values_list("sha256", flat=True))
    added = [paper for paper in papers if not _is_there(paper, there)]
    if len(there) > MAX_DOCUMENTS:
        raise TooMuchEvidence(most=MAX_DOCUMENTS)
    if not added:
        return held
    for paper in added:
        file = keep_paper(paper=paper, kind=KIND, owner=f"credits.claim:{held.pk}", now=now)
        digest = sha256(paper.content).hexdigest()
        ClaimEvidence.objects.create(claim=held, name=paper.name, sha256=digest, file=file, added_at=now)
    ask_anew(held, now=now)
    return touch(held, now=now)


def _is_there(paper: Paper, there: set[str]) -> bool:
    digest = sha256(paper.content).hexdigest()
    known = digest in there
    there.add(digest)
    return known


@transaction.atomic
def remove_evidence(*, claim: Claim, evidence: ClaimEvidence, revision: int, now: datetime) -> Claim:
    """Shred a file; of a claim that was handed in before, its line stays as what it was."""
    held = locked_editable(claim, revision)
    found = held.evidence.select_related("file").filter(pk=evidence.pk).first()
    if found is None or found.file is None:
        raise EvidenceGone
    shred(found.file)
    if held.state == ClaimState.DRAFT:
        found.delete()
    ask_anew(held, now=now)
    return touch(held, now=now)


@transaction.atomic
def open_evidence(*, evidence: ClaimEvidence, opened_by: "User", now: datetime) -> Paper:
    """The file for whoever may read it; that somebody else than its owner did stands in the audit book."""
    claim = evidence.claim
    if not can_open_claim_file(opened_by, claim) or evidence.file is None:
        raise EvidenceGone
    if claim.person.user_id != opened_by.pk:
        audit.record(
            action="credits.claim-evidence.open",
            actor=f"user:{opened_by.pk}",
            subject=f"credits.claim_evidence:{evidence.uid}",
            organisation=claim.organisation.code,
            detail={"claim": str(claim.uid)},
            now=now,
        )
    return open_paper(evidence.file)
