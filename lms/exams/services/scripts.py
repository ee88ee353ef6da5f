"""Essays on their way to people and back: handed over when an attempt ends, given back as points of the paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lms.exams.enums import WRITTEN_KINDS
from lms.exams.models import Attempt, CaseVersion, Exam, Paper, QuestionFigure, QuestionVersion
from lms.exams.selectors.folding import folded
from lms.exams.services.marking import CENT, rubric_of
from lms.marking.enums import RoundState
from lms.marking.selectors.outcomes import Settled, outcomes_by_source
from lms.marking.services.rounds import open_round
from lms.marking.services.rubrics import keep_rubric
from lms.marking.services.scripts import receive_script, seal

if TYPE_CHECKING:
    from lms.marking.models import MarkingRound, RubricVersion

LONGEST_CODE, LONGEST_TITLE = 80, 36
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Essay:
    """An answered question that people mark."""

    slot: int
    item: Mapping[str, Any]
    text: str


def source_of(attempt: Attempt, slot: int) -> str:
    """How the marking room knows an answer."""
    return f"exams.attempt:{attempt.uid}:{slot}"


def written_slots(paper: Paper) -> dict[int, Mapping[str, Any]]:
    """The questions of a paper that people mark, by slot."""
    return {item["slot"]: item for item in paper.items if item["kind"] in WRITTEN_KINDS}


def _essays(attempt: Attempt) -> list[Essay]:
    written = written_slots(attempt.seat.paper)
    if not written:
        return []
    states = folded(attempt)
    return [
        Essay(slot, item, states[slot].answer)
        for slot, item in written.items()
        if slot in states and states[slot].answer is not None
    ]


@transaction.atomic
def open_exam_round(*, exam: Exam, now: datetime) -> "MarkingRound":
    """The round in which an exam is marked; after one that was closed another, under the same rules."""
    source, number = f"exams.exam:{exam.pk}", 1
    rules: dict[str, Any] = {}
    while True:
        found = open_round(
            organisation=exam.organisation,
            source=source if number == 1 else f"{source}:{number}",
            title=exam.title,
            title_en=exam.title_en,
            now=now,
            **rules,
        )
        if found.state == RoundState.OPEN:
            return found
        rules = {"markers_per_script": found.markers_per_script, "gap_percent": found.gap_percent}
        number += 1


@transaction.atomic
def open_rounds_ahead(*, now: datetime) -> int:
    """Open the rounds of exams that begin within two weeks and hold essays, so that their rules are set in time."""
    opened = 0
    near = Exam.objects.filter(opens_at__lte=now + AHEAD, closes_at__gt=now).select_related("organisation")
    for exam in near.order_by("pk"):
        paper = exam.papers.order_by("pk").first()
        if paper and written_slots(paper):
            open_exam_round(exam=exam, now=now)
            opened += 1
    return opened


@transaction.atomic
def hand_over(*, attempt: Attempt, now: datetime) -> bool:
    """Give the essays of an ended attempt to people; True while something waits for them. Asked again, the same."""
    essays = _essays(attempt)
    if not essays:
        return False
    taken = open_exam_round(exam=attempt.seat.exam, now=now)
    versions = _versions(essay.item["version"] for essay in essays)
    for essay in essays:
        version = versions[essay.item["version"]]
        receive_script(
            round=taken,
            source=source_of(attempt, essay.slot),
            person_id=attempt.seat.person_id,
            rubric_version=_rubric(attempt.seat.exam, version, now),
            prompt=_prompt(version, essay.item),
            text=essay.text,
            now=now,
        )
    return waits_for_marks(attempt)


def _versions(ids: Iterable[int]) -> dict[int, QuestionVersion]:
    return QuestionVersion.objects.select_related("question__bank").in_bulk(list(ids))


def _rubric(exam: Exam, version: QuestionVersion, now: datetime) -> "RubricVersion":
    question = version.question
    return keep_rubric(
        organisation=exam.organisation,
        code=_code(f"{question.bank.code}-{question.ref}"),
        title=_shortened(version.body["stem"]),
        title_en=_shortened(version.body.get("stem_en", "")),
        criteria=rubric_of(version.pk).criteria,
        now=now,
    )


def _code(name: str) -> str:
    """A name that fits; a long one ends in a hash of the whole, so that two do not become one."""
    if len(name) <= LONGEST_CODE:
        return name
    return f"{name[: LONGEST_CODE - 9]}-{blake2b(name.encode(), digest_size=4).hexdigest()}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


def _prompt(version: QuestionVersion, item: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, as the candidate read it, and what is expected; nothing that says who was asked."""
    said = {name: version.body[name] for name in ("stem", "stem_en", "limit") if version.body.get(name)}
    expected = rubric_of(version.pk)
    case = CaseVersion.objects.filter(pk=item["case"]).first() if item.get("case") else None
    figures = [*version.body.get("figures", []), *(case.body.get("figures", []) if case else [])]
    return {
        "schema": 1,
        **said,
        **({"case": {**case.body, "figures": []}} if case else {}),
        **({"figures": _alts(figures)} if figures else {}),
        **({"model": expected.model} if expected.model else {}),
        "explanation": expected.explanation,
    }


def _alts(uids: Iterable[str]) -> list[dict[str, str]]:
    """What the pictures show, in words: they themselves are served to candidates and authors only."""
    found = QuestionFigure.objects.filter(uid__in=list(uids)).order_by("pk")
    return [{"alt": figure.alt, "alt_en": figure.alt_en} for figure in found]


def _outcomes(attempt: Attempt) -> dict[int, Settled | None]:
    sources = {essay.slot: source_of(attempt, essay.slot) for essay in _essays(attempt)}
    found = outcomes_by_source(sources.values()) if sources else {}
    return {slot: found.get(source) for slot, source in sources.items()}


def waits_for_marks(attempt: Attempt) -> bool:
    """Whether an essay of the attempt has no points yet."""
    return any(settled is None for settled in _outcomes(attempt).values())


def given_points(attempt: Attempt) -> dict[int, Decimal]:
    """What people gave, by slot, in the points of the paper; rounded down like everything else on it."""
    worth = {slot: Decimal(item["points"]) for slot, item in written_slots(attempt.seat.paper).items()}
    return {
        slot: (settled.points * worth[slot] / settled.max_points).quantize(CENT, rounding=ROUND_DOWN)
        for slot, settled in _outcomes(attempt).items()
        if settled
    }


def outcome_ids(attempt: Attempt) -> dict[int, int]:
    """The outcomes that `given_points` comes from, by slot."""
    return {slot: settled.outcome_id for slot, settled in _outcomes(attempt).items() if settled}


def seal_scripts(*, attempt: Attempt, now: datetime) -> None:
    """The result is written: the marks that it rests on are changed no more."""
    seal(sources=[source_of(attempt, slot) for slot in written_slots(attempt.seat.paper)], now=now)
