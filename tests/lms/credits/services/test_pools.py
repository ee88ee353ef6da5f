from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from lms.credits.engine.pools.plans import Plan
from lms.credits.engine.pools.record import from_record
from lms.credits.models import RewardPool
from lms.credits.services import pools
from lms.credits.services.pools import PoolChanged, TooManyPools, change_pool, discard_pool, keep_pool
from tests.factories.accounts import PersonFactory
from tests.factories.credit_pools import DAY, make_deal, make_pool

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_calculation_is_kept_as_it_was_entered(now: datetime) -> None:
    owner = PersonFactory().user
    deal, plans = make_deal(), (Plan("CN-ZJ", DAY, pool=Decimal("72.50")),)
    pool = keep_pool(owner=owner, title="转让", deal=deal, plans=plans, now=now)
    pool.refresh_from_db()
    assert (from_record(pool.data), pool.revision, pool.created_at) == ((deal, plans), 0, now)


def test_a_change_made_meanwhile_is_never_overwritten(now: datetime) -> None:
    pool = make_pool()
    deal, plans = from_record(pool.data)
    first = change_pool(pool=pool, title="先改", deal=replace(deal, taxes=Decimal(5)), plans=plans, revision=0, now=now)
    assert (first.revision, first.changed_at) == (1, now)
    with pytest.raises(PoolChanged):
        change_pool(pool=pool, title="后改", deal=deal, plans=plans, revision=0, now=now)
    pool.refresh_from_db()
    assert (pool.title, from_record(pool.data)[0].taxes) == ("先改", Decimal(5))


def test_what_was_thrown_away_cannot_be_changed(now: datetime) -> None:
    pool, other = make_pool(), make_pool()
    discard_pool(pool=pool)
    assert list(RewardPool.objects.all()) == [other]
    with pytest.raises(PoolChanged):
        change_pool(pool=pool, title="再改", deal=make_deal(), plans=(), revision=0, now=now)


def test_nobody_keeps_more_than_anybody_finds_their_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_KEPT", 2)
    owner = PersonFactory().user
    make_pool(owner=owner)
    make_pool(owner=owner)
    with pytest.raises(TooManyPools, match="最多保存 2 份"):
        make_pool(owner=owner)
    assert make_pool().owner != owner
