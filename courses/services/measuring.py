"""How long a lesson is, and how many minutes it carries. The one counting rule; docs/reference/lesson-format.md."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.html import strip_tags

SHORTEST, LONGEST = 800, 2000
CHARACTERS_A_MINUTE = 200
MINUTES_A_QUESTION = 2
MINUTES_A_FIGURE = 1
TO_LOOK_AT = ("figure", "table", "checklist")
# A Chinese character, or a word or number in other letters.
_COUNTED = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[A-Za-z0-9][A-Za-z0-9.,:%/’'\-]*")


def characters_in(text: str) -> int:
    """Chinese characters, and words and numbers in other letters, each as one."""
    return len(_COUNTED.findall(plain(text)))


def plain(text: str) -> str:
    """The words without tags; the end of a block element keeps words apart."""
    return strip_tags(re.sub(r"</(?:p|li|h3)>|<br/?>", "\n", text))


def characters_of(blocks: list[dict[str, Any]]) -> int:
    """The length of a lesson as its file has it: headings, text, callouts, cases, checklists, terms and tables.

    Questions, captions and words of figures, references and sources are not counted.
    """
    return sum(characters_in(words) for kind, value in each_block(blocks) for words in counted_words(kind, value))


def each_block(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The kind and the value of every block of a lesson's file."""
    for block in blocks:
        yield from block.items()


def counted_words(kind: str, value: Any) -> list[str]:
    """The parts of a block that make up the length of a lesson."""
    match kind:
        case "section" | "text":
            return [value]
        case "callout" | "case":
            return [value["title"], value["text"]]
        case "checklist":
            return [value["title"], *value["items"]]
        case "term":
            return [value["term"], value["term_en"], value["meaning"]]
        case "table":
            return [value["caption"], *value["columns"], *(str(cell) for row in value["rows"] for cell in row)]
    return []


def questions_of(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every question of a lesson, those of its cases included."""
    found = []
    for kind, value in each_block(blocks):
        if kind == "check":
            found.append(value)
        elif kind == "case":
            found += value["questions"]
    return found


def minutes_carried(blocks: list[dict[str, Any]]) -> Decimal:
    """Minutes that the text, the questions, what there is to look at and the recordings give a reader to do."""
    kinds = [kind for kind, _value in each_block(blocks)]
    recorded = sum(value["duration_s"] for kind, value in each_block(blocks) if kind in ("video", "audio"))
    return (
        Decimal(characters_of(blocks)) / CHARACTERS_A_MINUTE
        + MINUTES_A_QUESTION * len(questions_of(blocks))
        + MINUTES_A_FIGURE * sum(kind in TO_LOOK_AT for kind in kinds)
        + Decimal(recorded) / 60
    )
