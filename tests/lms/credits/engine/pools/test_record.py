"""What was entered comes back as it was, and as plain JSON in between."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.engine.pools.days import Days
from lms.credits.engine.pools.plans import MOST_MONEY, Deal, Plan, Sharer
from lms.credits.engine.pools.record import from_record, to_record
from lms.credits.engine.pools.statutes import Way

pytestmark = pytest.mark.unit

money = st.decimals(min_value=0, max_value=MOST_MONEY, places=2, allow_nan=False)
percent = st.none() | st.decimals(min_value=0, max_value=999, places=2, allow_nan=False)
days = st.none() | st.dates(min_value=date(1985, 1, 1))
people = st.lists(st.builds(Sharer, st.text(max_size=60), money), max_size=5).map(tuple)
deals = st.builds(
    Deal,
    way=st.sampled_from(Way),
    value=money,
    costs=money,
    public_money=money,
    taxes=money,
    years=st.integers(1, 99),
    days=st.builds(Days, days, days, days),
    main=people,
    staff=people,
)
plans = st.lists(
    st.builds(Plan, st.sampled_from(["CN", "MIT"]), st.dates(), percent, percent, percent, percent, percent), max_size=4
)


@given(deals, plans)
def test_a_calculation_comes_back_as_it_was_kept(deal: Deal, scenarios: list[Plan]) -> None:
    assert from_record(json.loads(json.dumps(to_record(deal, scenarios)))) == (deal, tuple(scenarios))


def test_amounts_are_kept_as_text_and_results_not_at_all() -> None:
    kept = to_record(Deal(Way.EQUITY, Decimal("0.10")), [Plan("CN", date(2026, 1, 2), pool=Decimal(50))])
    assert kept == {
        "schema": 1,
        "deal": {
            "way": "equity",
            "years": 1,
            "value": "0.10",
            "costs": "0.00",
            "public_money": "0.00",
            "taxes": "0.00",
            "posted_on": None,
            "received_on": None,
            "paid_on": None,
        },
        "people": {"main": [], "staff": []},
        "scenarios": [
            {
                "place": "CN",
                "on": "2026-01-02",
                "pool": "50",
                "main": None,
                "staff": None,
                "office": None,
                "owners": None,
            }
        ],
    }
