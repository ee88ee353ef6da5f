"""Taking up the course and reading every lesson to its end, minute by minute."""

from lms.credits.selectors.statement import hours_by_module
from lms.demo.seeding import COURSE
from lms.demo.stages import COURSE_MINUTES
from lms.demo.story import Story
from lms.kernel.levels import LevelCode

LEASE_S = 60
LESSONS = 16
MINUTES = COURSE_MINUTES[LevelCode.JUNIOR]


def enrol(story: Story) -> str:
    """The trainee takes up the course on its public page."""
    story.trainee.get(f"/courses/{COURSE}/")
    location = story.trainee.post(f"/courses/{COURSE}/enrol/")["Location"]
    story.found["enrolment"] = next(part for part in location.split("/") if len(part) == 36)
    return f"courses.enrolment:{story.found['enrolment']}"


def study_every_lesson(story: Story) -> str:
    """The way leads to the first lesson that is not complete, until none is left."""
    lessons: list[str] = []
    while item := _next_lesson(story):
        story.expect(item not in lessons, "study", f"{item} was studied to its end and is offered again")
        _study(story, item)
        lessons.append(item)
    story.expect(len(lessons) == LESSONS, "study", f"{LESSONS} lessons were expected, {len(lessons)} were there")
    return ", ".join(lessons)


def _next_lesson(story: Story) -> str:
    """The lesson that the course leads to; nothing when all are complete and the page says so."""
    answer = story.trainee.client.get(f"/learn/{story.found['enrolment']}/")
    return answer["Location"].rstrip("/").split("/")[-1] if answer.status_code == 302 else ""


def _study(story: Story, item: str) -> None:
    """Minute by minute under one lease after the other; whoever is asked whether they are there says so."""
    story.trainee.get(f"/learn/{story.found['enrolment']}/{item}/")
    position, complete, token = 0, False, ""
    while not complete:
        asked = {"enrolment": story.found["enrolment"], "item_uid": item, "renews": token}
        lease = story.trainee.api("/api/v1/study/leases", asked, expect=201)
        token = lease["lease"]
        story.later(seconds=LEASE_S)
        if lease["challenge"]:
            answer = {"lease": token, "challenge_no": lease["challenge"]["no"]}
            story.expect(story.trainee.api("/api/v1/study/presence", answer)["in_time"], "study", f"{item}: too late")
        claim = {"lease": token, "client_seq": 1, "start_s": position, "end_s": position + LEASE_S}
        answer = story.trainee.api("/api/v1/study/intervals", claim)
        story.expect(answer["accepted_s"] == LEASE_S, "study", f"{item}: {answer['reason'] or 'seconds are missing'}")
        position, complete = position + LEASE_S, answer["complete"]


def read_the_hour_ledger(story: Story) -> str:
    """Every lesson stands in the hour ledger, once."""
    story.trainee.get("/me/ledger/")
    minutes = sum(total.minutes for total in hours_by_module(story.whom.pk))
    story.expect(minutes == MINUTES, "hours", f"{MINUTES} minutes were studied, the ledger says {minutes}")
    return f"{minutes} minutes"
