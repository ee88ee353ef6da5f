"""A paper with a question of every kind and a case, for tests of the room."""

import io
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from lms.exams.models import Attempt, CaseVersion, Exam, QuestionFigure
from lms.exams.services.figures import keep_figure
from lms.exams.services.loading import load_bank
from tests.factories.accounts import BEGINNING
from tests.factories.cohorts import OrganisationFactory
from tests.factories.exams import ExamFactory

KINDS = ("single", "multiple", "true-false", "fill-in", "numeric", "matching", "ordering", "essay", "case")
EVERY_KIND = Path(__file__).with_name("every_kind.yaml")
# What each question of the bank is answered with in tests, as the interface takes it.
ANSWERS: dict[str, Any] = {
    "single": "contract",
    "multiple": ["limit", "proof"],
    "true-false": "false",
    "fill-in": ["45", "62"],
    "numeric": "18720",
    "numeric-unit": {"number": "1.872", "unit": "wan"},
    "matching": {"drop": "ended", "lend": "kept", "sell": "gone"},
    "ordering": ["sample", "small", "pilot", "plant"],
    "essay": "先查权属。\n再查年费。",
    "case-numeric": "24",
    "case-single": "second",
}


def make_whole_exam(**given: Any) -> Exam:
    """An exam that asks for everything in the bank of every kind: eleven questions, the case last."""
    organisation = given.pop("organisation", None) or OrganisationFactory()
    bank = load_bank(EVERY_KIND, organisation=organisation, now=BEGINNING)
    lines = [{"kind": kind, "count": 2 if kind == "numeric" else 1, "points": "2.00"} for kind in KINDS]
    return ExamFactory(organisation=organisation, bank=bank, blueprint={"schema": 1, "lines": lines}, **given)


def show_a_picture(exam: Exam) -> QuestionFigure:
    """A new wording of the exam's case that shows a picture of a bridge; papers drawn from now on hold it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, format="PNG")
    content = {"name": "arch.png", "content": out.getvalue(), "alt": "一座桥", "alt_en": "A bridge"}
    figure = keep_figure(bank=exam.bank, now=BEGINNING, **content)
    CaseVersion.objects.create(
        case_set=exam.bank.case_sets.get(),
        no=2,
        content_hash=sha256(figure.uid.bytes).hexdigest(),
        created_at=BEGINNING,
        body={"schema": 1, "title": "桥", "text": "看图。", "figures": [str(figure.uid)]},
    )
    return figure


def name_of(item: dict[str, Any]) -> str:
    """The name under which `ANSWERS` knows an item of the whole exam."""
    if item.get("case"):
        return f"case-{item['kind']}"
    return "numeric-unit" if item.get("units") else item["kind"]


def slot_of(attempt: Attempt, name: str) -> int:
    """The slot of the question of this name."""
    return next(item["slot"] for item in attempt.seat.paper.items if name_of(item) == name)


def whole_answers(attempt: Attempt) -> dict[int, Any]:
    """An answer to every question, by slot."""
    return {item["slot"]: ANSWERS[name_of(item)] for item in attempt.seat.paper.items}
