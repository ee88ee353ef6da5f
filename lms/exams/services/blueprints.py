"""The shape of a blueprint: what its lines may say, and how they are kept."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import Difficulty, QuestionKind
from lms.exams.services.drawing import CASE
from lms.kernel.refusals import Refusal

KINDS = (*QuestionKind.values, CASE)
TAGS = ("level", "module", "topic", "difficulty")
MOST_LINES, MOST_OF_A_LINE = 60, 200


class LineNotRight(Refusal):
    code = "blueprint-line-not-right"
    message = _(
        "Line %(number)s of the blueprint is not right: it names a kind, 1 to 200 questions, and more than no points."
    )


class NoLines(Refusal):
    code = "blueprint-empty"
    message = _("A blueprint has at least one line.")


class TooManyLines(Refusal):
    code = "blueprint-too-long"
    message = _("A blueprint has at most %(most)s lines.")


def in_shape(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a blueprint as they are kept: {kind, count, points} and the tags that narrow the draw."""
    if not lines:
        raise NoLines
    if len(lines) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    return [_line(number, line) for number, line in enumerate(lines, start=1)]


def _line(number: int, line: dict[str, Any]) -> dict[str, Any]:
    try:
        points, count = Decimal(str(line["points"])), int(line["count"])
    except (KeyError, ValueError, TypeError, InvalidOperation) as error:
        raise LineNotRight(number=number) from error
    right = line.get("kind") in KINDS and 1 <= count <= MOST_OF_A_LINE and points.is_finite() and 0 < points <= 1000
    if not right or (line.get("difficulty") or Difficulty.EASY) not in Difficulty.values:
        raise LineNotRight(number=number)
    tags = {name: str(line[name]) for name in TAGS if line.get(name)}
    return {"kind": str(line["kind"]), **tags, "count": count, "points": f"{points:.2f}"}
