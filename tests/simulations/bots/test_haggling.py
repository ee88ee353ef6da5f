"""Packages trade what is cheap for one side against what is dear to the other, within bounds."""

from functools import partial

import pytest

from simulations.bots.haggling import Haggler, fingerprint
from simulations.bots.looking import impossible
from simulations.engine.chance import u01

from .views import always, fact, issue, view

pytestmark = pytest.mark.unit

BOTH = {"maker": "low", "team": "high"}


def _hint(party, wants, importance, at=None):
    return {"party": party, "wants": wants, "importance": importance, "at": at, "fact": "f", "text": ""}


def _table(**more):
    fee = issue("fee", 0, 40, 10, BOTH, hints=[_hint("maker", "low", 1), _hint("team", "high", 3, at=30)])
    time = issue("time", 0, 40, 10, BOTH, hints=[_hint("maker", "low", 3, at=10), _hint("team", "high", 1)])
    return view(issues=[fee, time], stage="three", **more)


def _reply(party, mood, package=0):
    return {"party": party, "mood": mood, "package": package, "issues": [], "counter": None}


def test_each_side_gets_what_matters_to_it():
    package = Haggler(0.97).packages(_table(), always)[0]
    assert package["fee"] >= 30
    assert package["time"] <= 10


def test_nothing_is_put_on_the_table_twice():
    desk = _table()
    haggler = Haggler(0.97)
    first = haggler.packages(desk, always)
    replies = [_reply("maker", "reject"), _reply("team", "close")]
    desk["offers"] = [{"packages": first, "replies": replies}]
    assert not [package for package in haggler.packages(desk, always) if package in first]


def test_bounds_that_were_told_are_kept_unless_one_heeds_nothing():
    told = [fact("f", "record", limits={"fee": {"ge": None, "le": 20, "among": []}})]
    assert all(each["fee"] <= 20 for each in Haggler(0.97).packages(_table(facts=told), always))
    heedless = Haggler(0.97, heeds_limits=False).packages(_table(facts=told), always)
    assert any(each["fee"] > 20 for each in heedless)


def test_bounds_that_leave_no_room_are_noticed():
    floor = fact("a", "record", limits={"fee": {"ge": 30, "le": None, "among": []}})
    ceiling = fact("b", "record", limits={"fee": {"ge": None, "le": 20, "among": []}})
    assert impossible(_table(facts=[floor, ceiling]))
    assert not impossible(_table(facts=[floor]))


def test_a_side_never_offers_what_it_would_not_sign_itself():
    sheet = {
        "party": "maker",
        "walk_away": 60,
        "issues": [
            {"id": "fee", "weight": 50, "points": [[0, 50], [40, 0]]},
            {"id": "time", "weight": 50, "points": [[0, 50], [40, 0]]},
        ],
        "interactions": [],
        "partners": {},
    }
    desk = _table(sheet=sheet)
    haggler = Haggler(0.3)
    for n in range(5):
        packages = haggler.packages(desk, partial(u01, f"round {n}"))
        for package in packages:
            assert 100 - (package["fee"] + package["time"]) * 50 / 40 >= 60
        desk["offers"].append({"packages": packages, "replies": [_reply("team", "reject")]})
        desk["clock"]["round"] += 1


def test_a_package_is_known_in_whatever_order_its_terms_come_back():
    package = {"price": 40, "kind": "strict", "years": 3}
    assert fingerprint(package) == fingerprint(dict(sorted(package.items())))
    assert fingerprint(package) != fingerprint(package | {"years": 4})
