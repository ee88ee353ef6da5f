"""A paper as it is read on paper: questions in their order with lettered options, and nothing of the key."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any

from django.utils.translation import get_language

from lms.exams.enums import QuestionKind
from lms.exams.models import CaseVersion, Exam, Paper, QuestionVersion

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANK = re.compile(r"\{\{\d+\}\}")
LINE = "＿＿＿＿＿＿"
LINES_OF_AN_ESSAY = 18


@dataclass(frozen=True, slots=True)
class PrintedOption:
    """One option under its letter."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """One question with what its answer needs room for."""

    slot: int
    kind: QuestionKind
    points: str
    stem: str
    options: Sequence[PrintedOption]
    choices: Sequence[PrintedOption]
    units: Sequence[str]
    blanks: int
    figures: Sequence[str]

    @property
    def worth(self) -> int:
        """Its points in whole numbers, for the plural."""
        return ceil(Decimal(self.points))

    @property
    def lines(self) -> range:
        """Lines to write an essay on."""
        return range(LINES_OF_AN_ESSAY)

    @property
    def gaps(self) -> range:
        """The numbers of the blanks."""
        return range(1, self.blanks + 1)


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """Questions of one kind, or those of one case under its text."""

    kind: QuestionKind | None
    case_title: str
    case_text: str
    questions: Sequence[PrintedQuestion]


def paper_of(exam: Exam, beginning: str) -> Paper | None:
    """The paper of an exam whose hash begins like this."""
    return exam.papers.filter(hash__startswith=beginning).first() if beginning else None


def printed(items: Sequence[Mapping[str, Any]]) -> list[PrintedPart]:
    """The parts of a paper in their order (two queries)."""
    versions = QuestionVersion.objects.in_bulk([item["version"] for item in items])
    cases = CaseVersion.objects.in_bulk([item["case"] for item in items if item.get("case")])
    parts = []
    for (case_id, kind), grouped in groupby(items, key=_part):
        case = cases.get(case_id)
        parts.append(
            PrintedPart(
                kind=QuestionKind(kind) if kind else None,
                case_title=_said(case.body, "title") if case else "",
                case_text=_said(case.body, "text") if case else "",
                questions=[_question(item, versions[item["version"]].body) for item in grouped],
            )
        )
    return parts


def _part(item: Mapping[str, Any]) -> tuple[int, str]:
    return (item["case"], "") if item.get("case") else (0, item["kind"])


def _question(item: Mapping[str, Any], body: Mapping[str, Any]) -> PrintedQuestion:
    unit = _said(body, "unit")
    return PrintedQuestion(
        slot=item["slot"],
        kind=QuestionKind(item["kind"]),
        points=item["points"].removesuffix(".00"),
        stem=_BLANK.sub(LINE, _said(body, "stem")),
        options=_lettered(item.get("options", []), body.get("options", []), LETTERS),
        choices=_lettered(item.get("choices", []), body.get("choices", []), [str(n) for n in range(1, 27)]),
        units=[_said(each, "text") for each in body.get("units", [])] or ([unit] if unit else []),
        blanks=item.get("blanks", 0),
        figures=body.get("figures", []),
    )


def _lettered(ids: Sequence[str], entries: Sequence[Mapping[str, Any]], signs: Sequence[str]) -> list[PrintedOption]:
    texts = {entry["id"]: _said(entry, "text") for entry in entries}
    return [PrintedOption(sign, texts[each]) for sign, each in zip(signs, ids, strict=False)]


def _said(thing: Mapping[str, Any], name: str) -> str:
    """An entry in the language now active."""
    twin = thing.get(f"{name}_en", "") if get_language() == "en" else ""
    return str(twin or thing.get(name, ""))
