"""An exam that people mark: a dozen sat it, most essays have the points of two, some wait, one is appealed against."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lms.cohorts.enums import Role
from lms.cohorts.selectors.cohorts import members_of
from lms.cohorts.selectors.organisations import cohort_of_base
from lms.cohorts.selectors.roles import users_in_role
from lms.exams.enums import WRITTEN_KINDS
from lms.exams.selectors.sittings import exam_of
from lms.exams.services.appealing import file_appeal
from lms.exams.services.attempts import start, submit
from lms.exams.services.rehearsal import model_answers, rehearse_answers
from lms.exams.services.scripts import open_exam_round
from lms.exams.services.seats import assign_seat
from lms.exams.services.statistics import compute_statistics
from lms.marking.selectors.queue import own_scripts
from lms.marking.services.marking import put_mark
from lms.marking.services.rounds import add_marker
from simulations.engine.chance import u01

from .doing import mail_of, wrong_answer
from .sittings import INTERMEDIATE, Offer, hold_exam

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.exams.models import Attempt, Exam
    from lms.marking.models import Allocation
    from lms.schemes.models import SchemeVersion

SEED = "jiqiao-demo-essays"
CODE = "intermediate-2026-autumn"
AUTUMN = Offer("中级技术经纪人 2026 秋季考试", "Intermediate technology broker, autumn exam 2026", timedelta(days=9))
CANDIDATES, LEFT_TO_MARK = 14, 3
OPENED, SAT, MARKED, APPEALED = (timedelta(days=days) for days in (14, 9, 4, 2))
ADMITTED = "示范数据：为演示阅卷与申诉而安排的考试，允许课程未学完的学员参加"
COMMENTS = (
    "要点齐全，第二点可以再具体。",
    "有结论，依据说得不够。",
    "抓住了关键，表述清楚。",
    "漏了一项应当核对的材料。",
)
GROUNDS = "作文题第二个要点我写了依据和数字，两位老师的评分都没有给到中间一档，请复核这一道题。"


@transaction.atomic
def have_essays_marked(*, base: "Organisation", version: "SchemeVersion", cohort_code: str, now: datetime) -> None:
    """Let a dozen of a class sit the intermediate exam, and two people mark most of it. Told once."""
    cohort = cohort_of_base(base, cohort_code)
    if cohort is None or exam_of(CODE) is not None:
        return
    people = [membership.person for membership in members_of(cohort)[:CANDIDATES]]
    exam = hold_exam(CODE, base, version, AUTUMN, INTERMEDIATE, now - OPENED)
    attempts = [_sit(exam, person, base, now - SAT) for person in people]
    markers = _markers(base, now)
    for marker in markers:
        add_marker(round=open_exam_round(exam=exam, now=now - SAT), user=marker, now=now - SAT)
    for marker in markers[:2]:
        _mark(marker, now - MARKED)
    _appeal(attempts, now - APPEALED)
    compute_statistics(exam_id=exam.pk, now=now - APPEALED)


def _markers(base: "Organisation", now: datetime) -> "list[User]":
    found = [*users_in_role(base.pk, Role.MARKER, at=now), *users_in_role(base.pk, Role.TRAINER, at=now)]
    return found[:3]


def _sit(exam: "Exam", person: "Person", base: "Organisation", now: datetime) -> "Attempt":
    """Sit the exam with some wrong answers, and an essay of one's own length."""
    seat = assign_seat(exam=exam, person=person, organisation=base, now=now - timedelta(days=2), exception=ADMITTED)
    attempt = start(seat=seat, now=now)
    moment, given = now, []
    for slot, answer in sorted(_answers(attempt, mail_of(person)).items()):
        moment += timedelta(seconds=40 + int(u01(SEED, mail_of(person), "pause", slot) * 60))
        given.append((slot, answer, moment))
    rehearse_answers(attempt=attempt, answers=given, actor=f"user:{person.user_id}")
    submit(attempt=attempt, now=moment + timedelta(minutes=2), actor=f"user:{person.user_id}")
    return attempt


def _answers(attempt: "Attempt", name: str) -> dict[int, Any]:
    answers = model_answers(attempt=attempt)
    skill = 0.55 + u01(SEED, name, "skill") * 0.4
    for item in attempt.seat.paper.items:
        slot = item["slot"]
        if item["kind"] in WRITTEN_KINDS:
            answers[slot] = _part_of(answers[slot], u01(SEED, name, "essay", slot))
        elif u01(SEED, name, "wrong", slot) > skill:
            answers[slot] = wrong_answer(item, answers[slot])
    return {slot: answer for slot, answer in answers.items() if answer is not None}


def _part_of(text: str, share: float) -> str:
    """As many of the sentences as somebody remembers."""
    sentences = re.findall(r"[^。；\n]+[。；]?", text.removeprefix("参考要点").lstrip("：。"))
    return "".join(sentences[: max(1, round(len(sentences) * (0.4 + share * 0.6)))])


def _mark(marker: "User", now: datetime) -> None:
    """Mark what one was given, but for the last few."""
    waiting: list[Allocation] = list(own_scripts(marker).filter(marked_at__isnull=True).order_by("pk"))
    for number, allocation in enumerate(waiting[:-LEFT_TO_MARK]):
        script = allocation.script
        criteria = {
            criterion["id"]: _level(criterion["levels"], f"{script.code} {criterion['id']}", str(marker.pk))
            for criterion in script.rubric_version.criteria
        }
        comment = COMMENTS[int(u01(SEED, script.code, "comment") * len(COMMENTS))]
        put_mark(
            allocation=allocation, criteria=criteria, comment=comment, now=now + timedelta(minutes=6 * number), seen=0
        )


def _level(levels: list[dict[str, str]], what: str, marker: str) -> str:
    """A level that two markers mostly agree on, and sometimes not."""
    place = u01(SEED, what) * 0.75 + u01(SEED, what, marker) * 0.25
    return levels[min(len(levels) - 1, int(place * len(levels)))]["points"]


def _appeal(attempts: "list[Attempt]", now: datetime) -> None:
    """The first whose result is out appeals against the points of an essay."""
    for attempt in attempts:
        user = attempt.seat.person.user
        if attempt.results.exists() and user is not None:
            written = [item["slot"] for item in attempt.seat.paper.items if item["kind"] in WRITTEN_KINDS]
            file_appeal(attempt=attempt, filed_by=user, grounds=GROUNDS, slots=written, now=now)
            return
