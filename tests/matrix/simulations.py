from decimal import Decimal
from typing import Any

from simulations.services.reviewing import comment, override
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.reviews import AppealFactory, AssignmentFactory, RescoreFactory
from tests.factories.simulations import WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

from .rows import Row, cells
from .world import Base

# The way to an opened paper of the small case.
OPENED = ({"type": "act", "action": "visit"}, {"type": "read", "document": "note"})


def build(base: Base) -> None:
    """One attempt in progress and one that has ended, both of the base's trainee."""
    version = ScenarioVersionFactory()
    ended = AttemptFactory(version=version, person=base.trainee, organisation=base.organisation)
    play(ended, WALK_AWAY)
    base.things["simulations.read"] = AttemptFactory(
        version=version, person=base.trainee, organisation=base.organisation
    )
    play(base.things["simulations.read"], *OPENED, WALK_AWAY)
    base.things["simulations.version"] = version
    base.things["simulations.ended"] = ended
    base.things["simulations.attempt"] = AttemptFactory(
        version=version, person=base.trainee, organisation=base.organisation
    )
    _build_desk(base)


def _build_desk(base: Base) -> None:
    """What the desk works on: an assignment, a remark, a correction that waits, an appeal and a rescore."""
    ended, version = base.things["simulations.ended"], base.things["simulations.version"]
    manager = PersonFactory().user
    RoleGrantFactory(user=manager, organisation=base.organisation)
    base.things["simulations.assignment"] = AssignmentFactory(cohort=base.cohort, version=version, set_by=manager)
    base.things["simulations.comment"] = comment(attempt=ended, event_seq=1, text="看这里", by=manager, now=NOON)
    item = ended.scores.get().parts["items"][0]
    points = {item["id"]: Decimal(item["max"]) - Decimal(item["points"])}
    base.things["simulations.override"] = override(
        attempt=ended, points=points, reason="看漏了", made_by=manager, now=NOON
    )
    base.things["simulations.appeal"] = AppealFactory(attempt=ended)
    base.things["simulations.rescore"] = RescoreFactory(
        organisation=base.organisation, version=version, prepared_by=f"user:{manager.pk}"
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


def _desk(base: Base, tail: str, thing: str = "") -> str:
    uid = f"{base.things[f'simulations.{thing}'].uid}/" if thing else ""
    return f"/desk/simulations/{tail.format(uid=uid)}"


# Setting, replaying and correcting is for trainers and managers of the base; deciding for its managers alone.
STAFF = cells("login 404 404 200 200 404 404 404 200")
DECIDERS = cells("login 404 404 404 200 404 404 404 200")
FOREIGN = cells("login 404 404 404 404 404 404 404 200")
STAFF_LIST = cells("login 403 403 200 200 403 403 403 200")
DECIDERS_LIST = cells("login 403 403 403 200 403 403 403 200")


def _take_back(base: Base) -> str:
    attempt, comment_ = base.things["simulations.ended"], base.things["simulations.comment"]
    return f"/desk/simulations/attempts/{attempt.uid}/comments/{comment_.uid}/take-back/"


DESK_ROWS = [
    Row("simulations:desk", lambda base: _desk(base, ""), STAFF_LIST),
    Row("simulations:desk-assign", lambda base: _desk(base, "assign/"), STAFF_LIST),
    Row("simulations:desk-queue", lambda base: _desk(base, "attempts/"), STAFF_LIST),
    Row("simulations:desk-corrections", lambda base: _desk(base, "corrections/"), DECIDERS_LIST),
    Row("simulations:desk-appeals", lambda base: _desk(base, "appeals/"), DECIDERS_LIST),
    Row("simulations:desk-rescores", lambda base: _desk(base, "rescores/"), DECIDERS_LIST),
    Row("simulations:desk-rescore-new", lambda base: _desk(base, "rescores/new/"), DECIDERS_LIST),
    Row("simulations:desk-assignment", lambda base: _desk(base, "assigned/{uid}", "assignment"), STAFF, FOREIGN),
    Row("simulations:desk-class", lambda base: _desk(base, "assigned/{uid}class/", "assignment"), STAFF, FOREIGN),
    Row(
        "simulations:desk-results-file",
        lambda base: _desk(base, "assigned/{uid}results/csv/", "assignment"),
        STAFF,
        FOREIGN,
    ),
    Row(
        "simulations:desk-close",
        lambda base: _desk(base, "assigned/{uid}close/", "assignment"),
        cells("login 404 404 302 302 404 404 404 302"),
        cells("login 404 404 404 404 404 404 404 302"),
        method="post",
        data=lambda base: {"close-reason": ""},
    ),
    Row("simulations:desk-replay", lambda base: _desk(base, "attempts/{uid}", "ended"), STAFF, FOREIGN),
    Row("simulations:desk-correct", lambda base: _desk(base, "attempts/{uid}correct/", "ended"), STAFF, FOREIGN),
    Row(
        "simulations:desk-take-back",
        _take_back,
        cells("login 404 404 302 302 404 404 404 302"),
        cells("login 404 404 404 404 404 404 404 302"),
        method="post",
    ),
    # Trainers read what became of a correction; they do not decide about it.
    Row("simulations:desk-override", lambda base: _desk(base, "corrections/{uid}", "override"), STAFF, FOREIGN),
    Row("simulations:desk-appeal", lambda base: _desk(base, "appeals/{uid}", "appeal"), DECIDERS, FOREIGN),
    Row("simulations:desk-rescore", lambda base: _desk(base, "rescores/{uid}", "rescore"), DECIDERS, FOREIGN),
    # An appeal is the business of whoever played, whatever others are.
    Row(
        "simulations:appeal",
        lambda base: _sim(base, "appeal/", "ended"),
        cells("login 200 404 404 404 404 404 404 404"),
        cells("login 404 404 404 404 404 404 404 404"),
    ),
    Row(
        "simulations:appeal-withdraw",
        lambda base: _sim(base, "appeal/withdraw/", "ended"),
        cells("login 302 404 404 404 404 404 404 404"),
        cells("login 404 404 404 404 404 404 404 404"),
        method="post",
    ),
]

ROWS = [
    *DESK_ROWS,
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
        "simulations:document",
        lambda base: _sim(base, "papers/note/", "read"),
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
