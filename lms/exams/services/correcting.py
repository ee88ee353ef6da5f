"""What a correction makes of the basis of a result; it changes what it says and nothing else."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from lms.exams.enums import RegradeKind, RegradeState
from lms.exams.models import Appeal, Attempt, Regrade
from lms.exams.services.keys import KeyText
from lms.exams.services.reckoning import Basis

IN_FORCE = (RegradeState.APPROVED, RegradeState.DONE)
CUT_FIELDS = ("percent", "method", "decided_on", "no")


def proposed_key(regrade: Regrade) -> KeyText:
    """The key that a regrade proposes."""
    return KeyText(**regrade.proposal["key"])


def corrected(basis: Basis, items: Iterable[Mapping[str, Any]], regrade: Regrade) -> Basis:
    """The basis after a regrade; the same object where the regrade does not touch the paper."""
    if regrade.kind == RegradeKind.CUT:
        return {**basis, "cut": {name: regrade.proposal[name] for name in CUT_FIELDS}}
    slot = next((str(item["slot"]) for item in items if item["version"] == regrade.version_id), None)
    if slot is None:
        return basis
    if regrade.kind == RegradeKind.KEY:
        return {**basis, "keys": {**basis["keys"], slot: proposed_key(regrade).content_hash}}
    line = {"rule": regrade.proposal["rule"], "regrade": str(regrade.uid)}
    return {**basis, "exclusions": {**basis["exclusions"], slot: line}}


def appealed(basis: Basis, appeal: Appeal, points: Mapping[int, Decimal]) -> Basis:
    """The basis after an appeal that changed the points of questions."""
    lines = {str(slot): {"points": f"{given:.2f}", "appeal": str(appeal.uid)} for slot, given in points.items()}
    return {**basis, "adjusted": {**basis["adjusted"], **lines}}


def in_force_since(exam_id: int, moment: datetime) -> list[Regrade]:
    """Regrades of an exam that were approved after `moment`, in their order (one query).

    A result that a regrade left as it was keeps its row; whatever is computed next counts that regrade too.
    """
    found = Regrade.objects.filter(exam=exam_id, state__in=IN_FORCE, decided_at__gt=moment)
    return list(found.order_by("decided_at", "pk"))


def caught_up(attempt: Attempt, basis: Basis, regrades: Iterable[Regrade]) -> Basis:
    """The basis after these regrades, one after the other."""
    for regrade in regrades:
        basis = corrected(basis, attempt.seat.paper.items, regrade)
    return basis
