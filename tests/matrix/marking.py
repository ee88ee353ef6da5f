from lms.cohorts.enums import Role
from lms.cohorts.models import RoleGrant
from lms.marking.services.rounds import add_marker
from tests.conftest import NOON
from tests.factories.marking import allocation_of, make_marker, make_round, make_script

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """A round in which the base's trainer marks, with a script of its trainee."""
    round_ = make_round(base.organisation, source=f"tests.matrix:{base.organisation.code}")
    grant = RoleGrant.objects.filter(organisation=base.organisation, role=Role.TRAINER).first()
    marker = grant.user if grant else make_marker(round_, role=Role.TRAINER)
    add_marker(round=round_, user=marker, now=NOON)
    script = make_script(round_, person=base.trainee, source=f"tests.matrix:{base.organisation.code}:1")
    base.things |= {
        "marking.round": round_,
        "marking.script": script,
        "marking.allocation": allocation_of(script, marker),
        "marking.rubric": script.rubric_version.rubric,
    }


def _round(base: Base, end: str = "") -> str:
    return f"/desk/marking/round/{base.things['marking.round'].uid}/{end}"


def _of(thing: str, room: str):
    return lambda base: f"/desk/marking/{room}/{base.things[thing].uid}/"


# Whoever leads a round is not whoever marks in it; the authority reads neither scripts nor marks.
ENTER = cells("login 403 403 200 200 403 403 403 200")
MARKER = cells("login 404 404 200 404 404 404 404 404")
LEAD = cells("login 404 404 404 200 404 404 404 200")
READ = cells("login 404 404 200 200 404 404 404 200")
NOBODY = cells("login 404 404 404 404 404 404 404 404")
SUPER = cells("login 404 404 404 404 404 404 404 200")

ROWS = [
    Row("marking:home", lambda base: "/desk/marking/", ENTER),
    Row("marking:mine", lambda base: "/desk/marking/mine/", ENTER),
    Row("marking:rubrics", lambda base: "/desk/marking/rubrics/", ENTER),
    Row("marking:rubric", _of("marking.rubric", "rubrics"), READ, SUPER),
    Row("marking:script", _of("marking.allocation", "script"), MARKER, NOBODY),
    Row("marking:decide", _of("marking.script", "decide"), LEAD, SUPER),
    Row("marking:round", _round, LEAD, SUPER),
    Row("marking:agreement", lambda base: _round(base, "agreement/"), LEAD, SUPER),
    Row("marking:agreement-sheet", lambda base: _round(base, "agreement.xlsx"), LEAD, SUPER),
]
