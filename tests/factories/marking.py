from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from lms.accounts.models import User
from lms.cohorts.enums import Role
from lms.cohorts.models import Organisation
from lms.exams.models import Attempt, Exam
from lms.exams.services.loading import load_bank
from lms.exams.services.steps import save_step
from lms.marking.models import Allocation, Mark, MarkingRound, RubricVersion, Script
from lms.marking.services.marking import put_mark
from lms.marking.services.rounds import add_marker, open_round
from lms.marking.services.rubrics import keep_rubric
from lms.marking.services.scripts import receive_script
from tests.conftest import NOON

from .accounts import BEGINNING, PersonFactory
from .cohorts import OrganisationFactory, RoleGrantFactory
from .exams import ExamFactory, make_attempt, make_seat

# Two criteria, twenty points: a gap of 20 per cent is four points.
CRITERIA = [
    {
        "id": "facts",
        "title": "事实写得准确",
        "title_en": "Facts are right",
        "max": "12",
        "levels": [
            {"points": "12", "text": "条件和限度都写明", "text_en": "Conditions and limits are all named"},
            {"points": "8", "text": "漏了一项条件", "text_en": "One condition is missing"},
            {"points": "4", "text": "只写了结论", "text_en": "Only the conclusion"},
            {"points": "0", "text": "与材料不符", "text_en": "Not what the material says"},
        ],
    },
    {
        "id": "advice",
        "title": "建议可以执行",
        "title_en": "Advice can be followed",
        "max": "8",
        "levels": [
            {"points": "8", "text": "写明谁、何时、凭什么", "text_en": "Says who, when and by what"},
            {"points": "4", "text": "方向对，没有步骤", "text_en": "Right direction, no steps"},
            {"points": "0", "text": "没有建议", "text_en": "No advice"},
        ],
    },
]
FULL, FAIR, LOW, NOTHING = (
    {"facts": "12", "advice": "8"},
    {"facts": "8", "advice": "8"},
    {"facts": "4", "advice": "4"},
    {"facts": "0", "advice": "0"},
)
PROMPT = {
    "schema": 1,
    "stem": "写一份尽职调查结论。",
    "stem_en": "Write the findings of a due diligence.",
    "limit": 400,
}


def make_rubric(organisation: Organisation | None = None, **given: Any) -> RubricVersion:
    """A rubric of two criteria."""
    return keep_rubric(
        **{
            "organisation": organisation or OrganisationFactory(),
            "code": "diligence",
            "title": "尽职调查结论",
            "title_en": "Findings of a due diligence",
            "criteria": CRITERIA,
            "now": BEGINNING,
            **given,
        }
    )


def make_round(organisation: Organisation | None = None, **given: Any) -> MarkingRound:
    """An open round without markers."""
    base = organisation or OrganisationFactory()
    return open_round(
        **{
            "organisation": base,
            "source": f"tests.exam:{MarkingRound.objects.count() + 1}",
            "title": "中级考试 2026 秋 论述题",
            "title_en": "Intermediate examination, autumn 2026: essays",
            "now": BEGINNING,
            **given,
        }
    )


def make_marker(of: MarkingRound, role: Role = Role.MARKER, weight: int = 1, now: Any = NOON) -> User:
    """Somebody with the role who marks in the round."""
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=of.organisation, role=role)
    add_marker(round=of, user=user, now=now, weight=weight)
    return user


def make_lead(of: MarkingRound) -> User:
    """A manager of the round's organisation."""
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=of.organisation, role=Role.BASE_MANAGER)
    return user


def make_script(of: MarkingRound, person: Any = None, now: Any = NOON, **given: Any) -> Script:
    """A script as a room above hands it in."""
    return receive_script(
        **{
            "round": of,
            "source": f"tests.attempt:{Script.objects.count() + 1}:1",
            "person_id": (person or PersonFactory()).pk,
            "rubric_version": make_rubric(of.organisation),
            "prompt": PROMPT,
            "text": "检测只在室内做过，样品由课题组送检，不能推断车间表现。\n\n建议双方在车间取样复测。",
            "now": now,
            **given,
        }
    )


def allocation_of(script: Script, user: User) -> Allocation:
    """What `user` holds or held of a script."""
    return Allocation.objects.get(script=script, marker__user=user)


def mark_script(script: Script, user: User, criteria: Any = FULL, now: Any = NOON, comment: str = "") -> Mark:
    """`user` puts down marks."""
    return put_mark(allocation=allocation_of(script, user), criteria=criteria, comment=comment, now=now)


def mark_in_turn(script: Script, *given: Any, now: Any = NOON) -> None:
    """Whoever holds the script marks it, one after the other; a third marker comes last."""
    for criteria in given:
        holder = script.allocations.filter(state="open").order_by("place").first()
        mark_script(script, holder.marker.user, criteria, now=now)


ESSAY = {
    "ref": "due-diligence-report",
    "kind": "essay",
    "topic": "evaluation",
    "difficulty": "hard",
    "limit": 400,
    "stem": "写一份尽职调查结论（虚构）。",
    "stem_en": "Write the findings of a due diligence (invented).",
    "key": {"model": "只写所见，写明没有查到什么。", "rubric": {"criteria": CRITERIA}},
    "explanation": "结论要与证据相称。",
    "source": "自编",
}


def make_essay_exam(organisation: Organisation | None = None, essays: int = 1, points: str = "10.00") -> Exam:
    """An exam whose papers ask for essays and nothing else."""
    base = organisation or OrganisationFactory()
    questions = [{**ESSAY, "ref": f"due-diligence-{number}"} for number in range(1, essays + 1)]
    bank = {"schema": 2, "code": "essays", "title": "论述题库", "level": "junior", "questions": questions}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "essays.yaml"
        path.write_text(yaml.safe_dump(bank, allow_unicode=True), encoding="utf-8")
        loaded = load_bank(path, organisation=base, now=BEGINNING)
    line = {"kind": "essay", "count": essays, "points": points}
    return ExamFactory(organisation=base, bank=loaded, blueprint={"schema": 1, "lines": [line]})


def write_essays(exam: Exam | None = None, person: Any = None, essays: int = 1, only: int | None = None) -> Attempt:
    """An attempt under way with answered essays; `only` answers as many of them."""
    attempt = make_attempt(make_seat(exam or make_essay_exam(essays=essays), person))
    slots = [item["slot"] for item in attempt.seat.paper.items]
    for number, slot in enumerate(slots[:only], start=1):
        save_step(
            attempt=attempt,
            client_seq=number,
            kind="save",
            slot=slot,
            answer=f"第 {slot} 题的结论：样品一台，室内测得，没有车间数据。",
            now=NOON + timedelta(minutes=1),
            actor="user:1",
        )
    return attempt
