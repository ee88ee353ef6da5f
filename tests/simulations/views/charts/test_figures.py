from decimal import Decimal

import pytest

from simulations.views.charts import competencies, score_band, timeline
from simulations.views.charts.competencies import Corner
from simulations.views.charts.timeline import NARROW, WIDE, Band, Days

pytestmark = [pytest.mark.unit]

DAYS = Days(
    last=60,
    bands=[Band("Interview", 0, 5), Band("证据", 5, 43)],
    trust_a=[(0, 50), (43, 70)],
    trust_b=[(0, 46), (43, 40)],
    money=[(0, 7), (10, 4), (43, 1.5)],
    money_unit="万元",
    found=[1, 2, 30],
    sprung=[8],
    offers=[40],
)


def test_a_figure_needs_three_corners() -> None:
    assert competencies.draw([Corner("a", 1), Corner("b", 2)]) is None


def test_a_full_value_reaches_the_outer_ring_and_none_stays_in_the_middle() -> None:
    radar = competencies.draw([Corner("Matching", 100), Corner("Valuation", 0), Corner("Secrecy", 0)])

    assert radar is not None
    assert radar.dots[0] == ("172", "52")
    assert radar.dots[1] == radar.dots[2] == ("172", "160")
    assert [mark.text for mark in radar.marks if "t-strong" in mark.kind] == ["100", "0", "0"]


def test_a_long_name_takes_two_lines() -> None:
    corners = [Corner("Contract and registration", 50), Corner("a", 1), Corner("b", 1)]
    radar = competencies.draw(corners)
    assert [mark.text for mark in radar.marks][:3] == ["Contract", "and registration", "50"]


@pytest.mark.parametrize(("total", "low", "high"), [("66", 54, 78), ("3", 0, 15), ("99.5", 88, 100)])
def test_the_band_stays_between_nothing_and_everything(total, low, high) -> None:
    band = score_band.draw(Decimal(total), pass_mark=Decimal(70), error=Decimal(12))

    assert (band.low_value, band.high_value) == (low, high)
    assert 0 <= float(band.low) <= float(band.score) <= float(band.high) <= band.width
    assert band.passing == "210"


def test_the_line_of_days_holds_every_mark_between_its_edges() -> None:
    for sheet in (WIDE, NARROW):
        line = timeline.draw(DAYS, sheet)
        places = [float(x) for x in (*line.found, *line.offers)]
        assert all(sheet.left <= x <= sheet.right for x in places)
        assert len(line.traps) == 1


def test_a_band_too_narrow_for_its_name_goes_without() -> None:
    words = [mark.text for mark in timeline.draw(DAYS, NARROW).marks]
    assert "证据" in words
    assert "Interview" not in words


def test_money_goes_down_in_steps() -> None:
    line = timeline.draw(DAYS, WIDE)
    assert line.money.count("H") == 2
    assert line.area.endswith("Z")
