"""Scripts: taken in under a drawn code, and sealed when their points have been used."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict
from lms.marking.enums import RoundState
from lms.marking.models import MarkingRound, RubricVersion, Script, Seal

from .allocating import fill, hold

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another


class RoundIsClosed(Conflict):
    code = "marking-round-closed"
    message = _("This marking round is closed. What was marked in it stays as it is.")


def _draw_code(round: MarkingRound) -> str:
    """A code that no round has twice and that nobody can compute from whose work it is."""
    while True:
        drawn = "".join(secrets.choice(SIGNS) for _sign in range(6))
        code = f"{drawn[:3]}-{drawn[3:]}"
        if not round.scripts.filter(code=code).exists():
            return code


def _bound(round: MarkingRound, wanted: RubricVersion) -> RubricVersion:
    """The version of this rubric by which the round marks already: a newer wording waits for the next round."""
    first = round.scripts.filter(rubric_version__rubric=wanted.rubric_id).order_by("pk").first()
    return first.rubric_version if first else wanted


@transaction.atomic
def receive_script(
    *,
    round: MarkingRound,
    source: str,
    person_id: int,
    rubric_version: RubricVersion,
    prompt: dict[str, Any],
    text: str,
    now: datetime,
) -> Script:
    """Take in a piece of work and give it to its markers; the same source again, the script that is there."""
    held = hold(round.pk)
    there = Script.objects.filter(source=source).first()
    if there:
        return there
    if held.state == RoundState.CLOSED:
        raise RoundIsClosed
    script = Script.objects.create(
        round=held,
        code=_draw_code(held),
        source=source,
        person_id=person_id,
        rubric_version=_bound(held, rubric_version),
        prompt=prompt,
        text=text,
        received_at=now,
    )
    fill(script=script, now=now)
    return script


@transaction.atomic
def seal(*, sources: Collection[str], now: datetime) -> int:
    """Close scripts for good, because a result rests on their points; answers how many there are."""
    scripts = Script.objects.filter(source__in=list(sources))
    Seal.objects.bulk_create((Seal(script=script, at=now) for script in scripts), ignore_conflicts=True)
    return len(scripts)
