"""Drawing papers from a bank by an exam's blueprint."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind
from lms.exams.models import Exam, Paper, QuestionVersion
from lms.exams.selectors.bank import current_versions
from lms.exams.services.fingerprint import fingerprint, shuffled
from lms.kernel.refusals import Refusal

Line = dict[str, Any]


class NotEnoughQuestions(Refusal):
    code = "not-enough-questions"
    message = _("The blueprint asks for %(wanted)s questions of the kind “%(kind)s”; the bank has %(found)s that fit.")


def _fits(version: QuestionVersion, line: Line) -> bool:
    return (
        version.question.kind == line["kind"]
        and line.get("topic") in (None, version.topic)
        and line.get("difficulty") in (None, version.difficulty)
    )


def _draw(line: Line, number: int, pool: list[QuestionVersion], seed: str) -> list[QuestionVersion]:
    fitting = [version for version in pool if _fits(version, line)]
    if len(fitting) < line["count"]:
        raise NotEnoughQuestions(wanted=line["count"], kind=line["kind"], found=len(fitting))
    return shuffled(seed, f"line {number}", fitting)[: line["count"]]


def _options(version: QuestionVersion, seed: str) -> list[str]:
    options = [option["id"] for option in version.body.get("options", [])]
    if version.question.kind == QuestionKind.TRUE_FALSE:
        return options
    return shuffled(seed, f"options {version.content_hash}", options)


def draw_items(*, blueprint: dict[str, Any], versions: list[QuestionVersion], seed: str) -> list[dict[str, Any]]:
    """The items of a paper: no question twice, kinds in the blueprint's order, all else drawn from `seed`."""
    pool = sorted(versions, key=lambda version: version.content_hash)
    sections: dict[str, list[tuple[QuestionVersion, str]]] = defaultdict(list)
    for number, line in enumerate(blueprint["lines"], start=1):
        drawn = _draw(line, number, pool, seed)
        pool = [version for version in pool if version not in drawn]
        sections[line["kind"]] += [(version, f"{Decimal(str(line['points'])):.2f}") for version in drawn]
    placed = [pair for kind, pairs in sections.items() for pair in shuffled(seed, f"section {kind}", pairs)]
    return [
        {
            "slot": slot,
            "version": version.pk,
            "kind": version.question.kind,
            "points": points,
            "options": _options(version, seed),
        }
        for slot, (version, points) in enumerate(placed, start=1)
    ]


@transaction.atomic
def build_paper(*, exam: Exam, seed: str, now: datetime) -> Paper:
    """The paper that `seed` draws; asked again, the one that is there."""
    there = Paper.objects.filter(exam=exam, seed=seed).first()
    if there:
        return there
    versions = list(current_versions(exam.bank_id))
    items = draw_items(blueprint=exam.blueprint, versions=versions, seed=seed)
    hashes = {version.pk: version.content_hash for version in versions}
    printed = [{**item, "version": hashes[item["version"]]} for item in items]
    paper, _created = Paper.objects.get_or_create(
        exam=exam,
        seed=seed,
        defaults={"items": items, "hash": fingerprint({"schema": 1, "items": printed}), "created_at": now},
    )
    return paper
