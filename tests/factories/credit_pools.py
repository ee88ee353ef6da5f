"""A reward calculation is kept by the verb that keeps it."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from lms.credits.engine.pools.plans import Deal, Plan, Sharer
from lms.credits.engine.pools.statutes import Way
from lms.credits.models import RewardPool
from lms.credits.services.pools import keep_pool
from tests.factories.accounts import BEGINNING, PersonFactory

_numbers = count(1)
DAY = date(2026, 11, 22)


def make_deal(**changed: Any) -> Deal:
    """A contract of 1,000,000 with 940,000 net, and three people of the transfer staff."""
    staff = tuple(Sharer(name, Decimal(weight)) for name, weight in (("甲", "12.50"), ("乙", "7.25"), ("丙", "3.40")))
    said: dict[str, Any] = {"way": Way.TRANSFER, "value": Decimal(1_000_000), "costs": Decimal(60_000), "staff": staff}
    return Deal(**{**said, **changed})


def make_pool(**given: Any) -> RewardPool:
    """A kept calculation: the national rule beside that of Zhejiang, unless said otherwise."""
    said = {"deal": make_deal(), "plans": [Plan("CN", DAY), Plan("CN-ZJ", DAY)], "now": BEGINNING}
    title = f"第 {next(_numbers)} 份测算"
    owner = given.pop("owner", None) or PersonFactory().user
    return keep_pool(**{"title": title, **said, "owner": owner, **given})
