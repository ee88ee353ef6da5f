"""Keeping reward calculations: what somebody entered, for themselves alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.pools.plans import Deal, Plan
from lms.credits.engine.pools.record import to_record
from lms.credits.models import RewardPool
from lms.kernel.refusals import Conflict, Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

MOST_KEPT = 200


class PoolChanged(Conflict):
    """Another tab was faster."""

    code = "pool-changed"
    message = _("This calculation was changed meanwhile, perhaps in another tab. Open it again and enter your change.")


class TooManyPools(Refusal):
    """More than anybody finds their way in."""

    code = "too-many-pools"
    message = _("At most %(most)s calculations are kept. Throw away one that you no longer need.")


@transaction.atomic
def keep_pool(*, owner: "User", title: str, deal: Deal, plans: Sequence[Plan], now: datetime) -> RewardPool:
    """Keep a new calculation."""
    if RewardPool.objects.filter(owner=owner).count() >= MOST_KEPT:
        raise TooManyPools(most=MOST_KEPT)
    data = to_record(deal, plans)
    return RewardPool.objects.create(owner=owner, title=title, data=data, created_at=now, changed_at=now)


@transaction.atomic
def change_pool(
    *, pool: RewardPool, title: str, deal: Deal, plans: Sequence[Plan], revision: int, now: datetime
) -> RewardPool:
    """Keep a change, if nobody changed the calculation since the page at `revision` was opened."""
    locked = RewardPool.objects.select_for_update().filter(pk=pool.pk).first()
    if locked is None or locked.revision != revision:
        raise PoolChanged
    locked.title, locked.data, locked.changed_at = title, to_record(deal, plans), now
    locked.revision += 1
    locked.save(update_fields=["title", "data", "changed_at", "revision"])
    return locked


@transaction.atomic
def discard_pool(*, pool: RewardPool) -> None:
    """Throw a calculation away; nothing else rests on it."""
    RewardPool.objects.filter(pk=pool.pk).delete()
