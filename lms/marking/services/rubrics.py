"""Keeping rubrics: every wording for ever, the same wording once."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal
from lms.marking.models import Rubric, RubricVersion

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

Criteria = Sequence[Mapping[str, Any]]
MOST_LEVELS = 10  # as many as there are digits on a keyboard


class RubricUnusable(Refusal):
    code = "rubric-unusable"
    message = _(
        "The rubric “%(code)s” cannot be used: every criterion has an id of its own, a title and two to ten levels, "
        "and its best level is worth the points of the criterion."
    )


def _points(value: Any) -> Decimal:
    try:
        points = Decimal(value)
    except (InvalidOperation, TypeError) as error:
        raise ValueError(value) from error
    if not points.is_finite() or points < 0:
        raise ValueError(value)
    return points


def _is_usable(criterion: Mapping[str, Any]) -> bool:
    levels = criterion.get("levels") or []
    points = [_points(level["points"]) for level in levels]
    return (
        bool(criterion.get("title"))
        and 2 <= len(levels) <= MOST_LEVELS
        and len(set(points)) == len(points)
        and max(points) == _points(criterion["max"])
    )


def _worth(code: str, criteria: Criteria) -> Decimal:
    """What the best script earns; refused where the criteria do not hold together."""
    try:
        ids = [criterion["id"] for criterion in criteria]
        usable = len(set(ids)) == len(ids) > 0 and all(_is_usable(criterion) for criterion in criteria)
        worth = sum((_points(criterion["max"]) for criterion in criteria), Decimal(0))
    except (KeyError, ValueError):
        raise RubricUnusable(code=code) from None
    if not usable or not worth:
        raise RubricUnusable(code=code)
    return worth


def _hash(owner: str, code: str, criteria: Criteria) -> str:
    content = {"schema": 1, "owner": owner, "code": code, "criteria": criteria}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@transaction.atomic
def keep_rubric(
    *, organisation: "Organisation", code: str, title: str, criteria: Criteria, now: datetime, title_en: str = ""
) -> RubricVersion:
    """The version of a rubric with these criteria: the one that is there, or a new one."""
    worth = _worth(code, criteria)
    rubric, _created = Rubric.objects.get_or_create(
        organisation=organisation, code=code, defaults={"title": title, "title_en": title_en}
    )
    held = Rubric.objects.select_for_update().get(pk=rubric.pk)
    content_hash = _hash(organisation.code, code, criteria)
    there = held.versions.filter(content_hash=content_hash).first()
    return there or RubricVersion.objects.create(
        rubric=held,
        no=held.versions.count() + 1,
        criteria=list(criteria),
        max_points=worth,
        content_hash=content_hash,
        created_at=now,
    )
