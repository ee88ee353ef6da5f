"""Reward calculations of the demonstration: one contract under four rules. Told once."""

from datetime import datetime, timedelta
from decimal import Decimal

from lms.accounts.selectors.users import user_by_mail
from lms.credits.engine.pools.days import Days
from lms.credits.engine.pools.plans import Deal, Plan, Sharer
from lms.credits.engine.pools.statutes import Way
from lms.credits.selectors.pools import pools_of
from lms.credits.services.pools import keep_pool
from lms.kernel.beijing import BEIJING

from . import cast

TITLE = "低氮燃烧技术转让的奖酬（演示）"
MAIN = (("沈砚秋（虚构）", "60"), ("周知远（虚构）", "40"))
STAFF = (("韩晓（虚构）", "12.50"), ("冯予安（虚构）", "7.25"), ("欧阳静姝（虚构）", "3.40"))


def keep_rewards(*, now: datetime) -> None:
    """Let the holder of a certificate work out a reward; nothing when that is done."""
    holder = user_by_mail(cast.HOLDER.email)
    if holder is None or pools_of(holder).exists():
        return
    today = now.astimezone(BEIJING).date()
    deal = Deal(
        Way.TRANSFER,
        Decimal(1_000_000),
        costs=Decimal(50_000),
        taxes=Decimal(10_000),
        days=Days(posted_on=today - timedelta(days=5), received_on=today - timedelta(days=20), paid_on=today),
        main=tuple(Sharer(name, Decimal(weight)) for name, weight in MAIN),
        staff=tuple(Sharer(name, Decimal(weight)) for name, weight in STAFF),
    )
    plans = (
        Plan("CN", today),
        Plan("CN-ZJ", today, pool=Decimal(65), staff=Decimal(6)),
        Plan("CN-SD", today, office=Decimal(10)),
        Plan("NANKAI", today),
    )
    keep_pool(owner=holder, title=TITLE, deal=deal, plans=plans, now=now)
