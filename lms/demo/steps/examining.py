"""Sitting the exam: a seat, every answer one by one, handing in, a result."""

from uuid import UUID

from lms.accounts.selectors.users import user_by_mail
from lms.demo.story import Story
from lms.exams.selectors.sittings import own_attempt
from lms.exams.services.rehearsal import model_answers
from lms.exams.services.seats import assign_seat


def sit_the_exam(story: Story) -> str:
    """The base admits the trainee; the trainee answers every question, hands in, and reads the result."""
    seat = assign_seat(
        exam=story.seeded.exam, person=story.whom, organisation=story.seeded.base, now=story.later(hours=18)
    )
    story.trainee.get("/exams/")
    room = story.trainee.post(f"/exams/{seat.pk}/start/")["Location"]
    uid = UUID(next(part for part in room.split("/") if len(part) == 36))
    story.trainee.get(room)
    _answer_everything(story, uid)
    story.trainee.get(f"/exam/{uid}/submit/")
    receipt = story.trainee.api(f"/api/v1/exam/attempts/{uid}/submit", {})["receipt"]
    again = story.trainee.api(f"/api/v1/exam/attempts/{uid}/submit", {})["receipt"]
    story.expect(receipt == again, "exam", "handing in twice gave two receipts")
    story.trainee.get(f"/exam/{uid}/result/")
    return f"exams.attempt:{uid} receipt {receipt}"


def _answer_everything(story: Story, uid: UUID) -> None:
    user = user_by_mail(story.learner.email)
    attempt = own_attempt(user, uid) if user else None
    if attempt is None:
        story.expect(False, "exam", "the attempt is not there")
        return
    answers = model_answers(attempt=attempt)
    asked = len(attempt.seat.paper.items)
    story.expect(len(answers) == asked >= 40, "exam", f"{asked} questions were asked, {len(answers)} have a key")
    for client_seq, (slot, answer) in enumerate(sorted(answers.items()), start=1):
        story.later(seconds=45)
        step = {"client_seq": client_seq, "kind": "save", "slot": slot, "answer": answer}
        story.trainee.api(f"/api/v1/exam/attempts/{uid}/steps", step)
