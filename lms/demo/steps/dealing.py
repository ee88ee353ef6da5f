"""Playing the deal simulations of the level at the table, as a good broker would."""

from uuid import UUID, uuid5

from lms.credits.selectors.statement import points_by_kind
from lms.demo.seeding import SCENARIOS
from lms.demo.story import Story
from lms.kernel.levels import LevelCode
from simulations.bots.skilled import ExpertBot
from simulations.engine.chance import u01
from simulations.selectors.attempts import has_passed
from simulations.services.rehearsing import table_read

MOST_COMMANDS = 200
MOST_TRIES = 4


def play_the_simulations(story: Story) -> str:
    """The trainee sits down to a counted attempt of each case of the level, and plays it to its end."""
    told = []
    for code in SCENARIOS[LevelCode.JUNIOR]:
        story.later(hours=20)
        uid, commands = _sit_down_and_play(story, code)
        told.append(f"simulations.attempt:{uid} in {commands} commands")
    return "; ".join(told)


def _sit_down_and_play(story: Story, code: str) -> tuple[str, int]:
    """Play until the case is passed: an expert may have a bad day, and sits down again."""
    for _try in range(MOST_TRIES):
        story.trainee.get("/simulations/")
        story.trainee.get(f"/simulations/{code}/")
        room = story.trainee.post(f"/simulations/{code}/start/", {"counted": "1"})["Location"]
        uid = next(part for part in room.split("/") if len(part) == 36)
        story.trainee.get(room)
        commands = _play(story, uid)
        story.trainee.get(f"/sim/{uid}/debrief/")
        if has_passed(UUID(uid)):
            break
        story.later(hours=20)
    story.found[f"simulation:{code}"] = uid
    return uid, commands


def _play(story: Story, uid: str) -> int:
    player = ExpertBot()
    for number in range(MOST_COMMANDS):
        view = table_read(UUID(uid))
        command = player.act(view, lambda label: u01(str(story.seed), uid, label))
        if command is None or view["status"] == "ended":
            return number
        story.later(seconds=40)
        request = {"request_id": str(uuid5(story.whom.uid, f"{uid}:{number}")), "command": command}
        story.trainee.api(f"/api/v1/sim/attempts/{uid}/commands", request)
    story.expect(False, "simulation", "the deal did not come to an end")
    return MOST_COMMANDS


def read_the_credit_ledger(story: Story) -> str:
    """Exam and simulation have brought their contribution credits, once each."""
    story.trainee.get("/me/ledger/")
    points = {total.code: total.figure for total in points_by_kind(story.whom.pk) if total.figure}
    story.expect(len(points) == 2, "credits", f"credits of exam and simulation were expected, there are {points}")
    return ", ".join(f"{code} {figure}" for code, figure in points.items())
