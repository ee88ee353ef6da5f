import json

import pytest

from simulations.views.ownside import own_side, points_of

pytestmark = pytest.mark.unit

SHEET = {
    "walk_away": 60.0,
    "issues": [
        {"id": "fee", "weight": 50.0, "points": [[0, 0.0], [100, 30.0], [200, 50.0]]},
        {"id": "kind", "weight": 40.0, "points": {"sole": 40.0, "non": 5.0}},
    ],
    "interactions": [{"when": {"fee": [0, 100], "kind": ["sole"]}, "add": 6.0}],
    "partners": {"pharma": 4.0},
}


@pytest.mark.parametrize(
    ("fee", "kind", "points"),
    [
        (50, "sole", 15 + 40 + 6 + 4),
        (150, "sole", 40 + 40 + 4),
        (500, "non", 50 + 5 + 4),
        (-10, "non", 0 + 5 + 4),
    ],
)
def test_a_package_adds_up_along_the_knots_and_with_what_meets(fee, kind, points) -> None:
    assert points_of(SHEET, {"fee": fee, "kind": kind}, "pharma") == pytest.approx(points)


def test_a_broker_has_no_sheet() -> None:
    assert own_side({"sheet": None}) is None


def test_the_sheet_shows_every_value_with_its_points() -> None:
    view = {
        "sheet": SHEET,
        "partner": "pharma",
        "parties": [{"id": "us", "name": "研究所", "person": "你", "you": True}],
        "issues": [
            {"id": "fee", "kind": "number", "text": "首付", "unit": "万元"},
            {
                "id": "kind",
                "kind": "choice",
                "text": "方式",
                "values": [{"id": "sole", "text": "独占"}, {"id": "non", "text": "普通"}],
            },
        ],
        "offers": [{"packages": [{"fee": 100, "kind": "non"}]}],
    }

    own = own_side(view)

    assert own
    assert [row.most for row in own.rows] == ["50", "40"]
    assert own.rows[1].values == [("独占", "40"), ("普通", "5")]
    assert json.loads(own.rows[0].knots)[1] == [100, 30.0]
    assert own.last == "39"
