"""Reward calculations that somebody keeps, and the rules that they are worked out by."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from lms.credits.engine.pools.statutes import Book, Statute
from lms.credits.models import RewardPool
from lms.kernel.data_files import parse_yaml

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

STATUTES = Path(__file__).resolve().parent.parent / "data" / "pools"


@lru_cache(maxsize=1)
def statute_book() -> Book:
    """All rules about rewards on record, read once for a process."""
    files = sorted(STATUTES.glob("*.yaml"))
    return Book(tuple(Statute.model_validate(parse_yaml(path.read_text(encoding="utf-8"))) for path in files))


def pools_of(user: "User | AnonymousUser") -> QuerySet[RewardPool]:
    """One's own calculations, the last changed first."""
    return RewardPool.objects.visible_to(user).filter(owner_id=user.pk)


def pool_of(user: "User | AnonymousUser", uid: UUID) -> RewardPool | None:
    """One of one's own calculations."""
    return pools_of(user).filter(uid=uid).first()
