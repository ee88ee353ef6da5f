from typing import Any

from tests.factories.simulations import WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """One attempt in progress and one that has ended, both of the base's trainee."""
    version = ScenarioVersionFactory()
    ended = AttemptFactory(version=version, person=base.trainee, organisation=base.organisation)
    play(ended, WALK_AWAY)
    base.things["simulations.version"] = version
    base.things["simulations.ended"] = ended
    base.things["simulations.attempt"] = AttemptFactory(
        version=version, person=base.trainee, organisation=base.organisation
    )


def _sim(base: Base, tail: str = "", thing: str = "attempt") -> str:
    return f"/sim/{base.things[f'simulations.{thing}'].uid}/{tail}"


def _api(base: Base, tail: str) -> str:
    return f"/api/v1/sim/attempts/{base.things['simulations.attempt'].uid}/{tail}"


def _scenario(base: Base, tail: str = "") -> str:
    return f"/simulations/{base.things['simulations.version'].code}/{tail}"


def _visit(base: Base) -> dict[str, Any]:
    return {"request_id": "m1", "command": {"type": "act", "action": "visit"}}


# Scenarios belong to no base: only those who were given the task write them.
WRITERS = cells("login 403 403 403 403 403 403 403 200")
SENT_ON = cells("login 403 403 403 403 403 403 403 302")


def _case(base: Base, tail: str = "") -> str:
    return f"/desk/scenarios/{base.things['simulations.version'].pk}/{tail}"


ROWS = [
    Row("simulations:scenarios", lambda base: "/desk/scenarios/", WRITERS),
    Row("simulations:scenario-upload", lambda base: "/desk/scenarios/upload/", WRITERS),
    Row("simulations:scenario-version", _case, WRITERS),
    Row("simulations:scenario-preview", lambda base: _case(base, "whole/"), WRITERS),
    Row("simulations:scenario-source", lambda base: _case(base, "file/"), WRITERS),
    Row("simulations:scenario-playtest", lambda base: _case(base, "playtest/"), SENT_ON, method="post"),
    Row(
        "simulations:scenario-approve",
        lambda base: _case(base, "approve/"),
        SENT_ON,
        method="post",
        data=lambda base: {"note-note": "看过"},
    ),
    Row(
        "simulations:scenario-waive",
        lambda base: _case(base, "waive/"),
        SENT_ON,
        method="post",
        data=lambda base: {"bar": "alpha", "reason": "说明"},
    ),
    Row(
        "simulations:scenario-pilot",
        lambda base: _case(base, "pilot/"),
        SENT_ON,
        method="post",
        data=lambda base: {"pilot-players": 30, "pilot-agreement": "0.6", "pilot-report": "试点"},
    ),
    Row(
        "simulations:scenario-retire",
        lambda base: _case(base, "retire/"),
        SENT_ON,
        method="post",
        data=lambda base: {"note-note": "停用"},
    ),
    Row("simulations:list", lambda base: "/simulations/", cells("login 200 200 200 200 200 200 200 200")),
    Row("simulations:briefing", _scenario, cells("login 200 200 200 200 200 200 200 200")),
    Row(
        "simulations:start",
        lambda base: _scenario(base, "start/"),
        cells("login 200 200 200 200 200 200 200 200"),
    ),
    Row(
        "simulations:room",
        _sim,
        cells("login 200 404 200 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "simulations:debrief",
        lambda base: _sim(base, "debrief/", "ended"),
        cells("login 200 404 200 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "api:sim-commands",
        lambda base: _api(base, "commands"),
        cells("403 200 404 403 403 403 404 403 403"),
        cells("403 404 404 404 404 404 404 404 403"),
        method="post",
        data=_visit,
        as_json=True,
    ),
    Row(
        "api:sim-view",
        lambda base: _api(base, "view"),
        cells("403 200 404 200 200 200 404 200 200"),
        cells("403 404 404 404 404 404 404 404 200"),
    ),
]
