"""Playing the deal simulation at the table, as a good broker would."""

from uuid import uuid5

from lms.credits.selectors.statement import points_by_kind
from lms.demo.seeding import SCENARIO
from lms.demo.story import Story
from simulations.bots.skilled import ExpertBot
from simulations.engine.chance import u01

MOST_COMMANDS = 200


def play_the_simulation(story: Story) -> str:
    """The trainee sits down to a counted attempt and plays it to its end."""
    story.later(hours=20)
    story.trainee.get("/simulations/")
    story.trainee.get(f"/simulations/{SCENARIO}/")
    room = story.trainee.post(f"/simulations/{SCENARIO}/start/", {"counted": "1"})["Location"]
    uid = next(part for part in room.split("/") if len(part) == 36)
    story.trainee.get(room)
    commands = _play(story, uid)
    story.trainee.get(f"/sim/{uid}/debrief/")
    story.found["simulation"] = uid
    return f"simulations.attempt:{uid} in {commands} commands"


def _play(story: Story, uid: str) -> int:
    player = ExpertBot()
    view = story.trainee.read(f"/api/v1/sim/attempts/{uid}/view")
    for number in range(MOST_COMMANDS):
        command = player.act(view, lambda label: u01(str(story.seed), label))
        if command is None or view["status"] == "ended":
            return number
        story.later(seconds=40)
        request = {"request_id": str(uuid5(story.whom.uid, f"{uid}:{number}")), "command": command}
        view = story.trainee.api(f"/api/v1/sim/attempts/{uid}/commands", request)["view"]
    story.expect(False, "simulation", "the deal did not come to an end")
    return MOST_COMMANDS


def read_the_credit_ledger(story: Story) -> str:
    """Exam and simulation have brought their contribution credits, once each."""
    story.trainee.get("/me/ledger/")
    points = {total.code: total.figure for total in points_by_kind(story.whom.pk) if total.figure}
    story.expect(len(points) == 2, "credits", f"credits of exam and simulation were expected, there are {points}")
    return ", ".join(f"{code} {figure}" for code, figure in points.items())
