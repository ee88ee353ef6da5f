"""What a bank has to export: each question's newest version that is not retired, with key, case and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from lms.exams.enums import VersionState
from lms.exams.models import CaseVersion, Question, QuestionBank, QuestionFigure, QuestionVersion
from lms.exams.services.bank_file import Item
from lms.exams.services.drafting import items_of
from lms.exams.services.figures import read_figure

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A question on its way out; of a case, where it names one."""

    item: Item
    module: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the name that it gets in a file."""

    name: str
    content: bytes
    media_type: str
    alt: str


@dataclass(frozen=True, slots=True)
class Content:
    """A whole bank on its way out; of staff, for staff."""

    code: str
    questions: list[Outgoing]
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: dict[str, Shown] = field(default_factory=dict)

    def by_case(self) -> Iterator[tuple[str, list[Outgoing]]]:
        """Questions without a case first, then case by case."""
        yield "", [question for question in self.questions if not question.case]
        for ref in self.cases:
            yield ref, [question for question in self.questions if question.case == ref]


@dataclass(slots=True)
class Written:
    """A file, and what of each question it does not hold."""

    content: bytes
    losses: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def as_json(self, content: Content) -> dict[str, Any]:
        """What became of every question."""
        items = [
            {
                "ref": question.item.ref,
                "status": "left-out" if question.item.ref in self.left_out else "written",
                "reason": " ".join(self.losses.get(question.item.ref, [])),
            }
            for question in content.questions
        ]
        return {"schema": 1, "items": items}


def content_of(bank: QuestionBank) -> Content:
    """Everything of a bank that can be exported; seven queries, however large it is, and one a picture."""
    versions = QuestionVersion.objects.exclude(state=VersionState.RETIRED).order_by("-no").select_related("question")
    questions = (
        Question.objects.filter(bank=bank)
        .select_related("case_set")
        .prefetch_related(Prefetch("versions", queryset=versions, to_attr="standing"))
        .order_by("case_set__ref", "case_place", "pk")
    )
    newest = {question.pk: question.standing[0] for question in questions if question.standing}
    items = items_of(newest.values())
    outgoing = [
        Outgoing(items[version.pk], version.module, question.case_set.ref if question.case_set else "")
        for question in questions
        if (version := newest.get(question.pk))
    ]
    used = {question.case for question in outgoing}
    texts = CaseVersion.objects.filter(case_set__bank=bank).select_related("case_set").order_by("case_set__ref", "no")
    cases = {version.case_set.ref: version.body for version in texts if version.case_set.ref in used}
    named = {uid for question in outgoing for uid in question.item.figures}
    named |= {uid for body in cases.values() for uid in body.get("figures", [])}
    figures = QuestionFigure.objects.filter(bank=bank, uid__in=named).select_related("file") if named else ()
    pictures = {str(figure.uid): _shown(figure) for figure in figures}
    return Content(bank.code, outgoing, cases, pictures)


def _shown(figure: QuestionFigure) -> Shown:
    ending = _ENDINGS.get(figure.media_type, "png")
    return Shown(f"{figure.uid}.{ending}", read_figure(figure), figure.media_type, figure.alt)
