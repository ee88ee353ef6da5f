"""The demonstration keeps one reward calculation, in which something has to be thought about."""

from datetime import datetime

import pytest

from lms.credits.engine.pools.record import from_record
from lms.credits.models import RewardPool
from lms.credits.selectors.pool_results import told
from lms.demo import cast
from lms.demo.rewarding import keep_rewards
from tests.factories.accounts import PersonFactory, UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_the_holder_keeps_one_contract_under_four_rules_however_often_it_is_told(now: datetime) -> None:
    holder = PersonFactory(user=UserFactory(email=cast.HOLDER.email)).user
    keep_rewards(now=now)
    keep_rewards(now=now)
    pool = RewardPool.objects.get()
    scenarios = told(*from_record(pool.data))
    assert pool.owner == holder
    assert [each.place for each in scenarios] == ["全国", "浙江", "山东", "南开大学（单位自定）"]
    assert [each.pool for each in scenarios] == ["470,000.00", "611,000.00", "658,000.00", "752,000.00"]
    assert [note.words for note in scenarios[1].notes if note.breach] == [
        "奖励总额为 65%，规定不低于 70%。",
        "公示期内就发放：方案须公示到 2026 年 12 月 2 日当天结束。",
    ]


def test_where_nobody_plays_the_holder_nothing_is_kept(now: datetime) -> None:
    keep_rewards(now=now)
    assert not RewardPool.objects.exists()
