"""Lessons as their files have them, before anything is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cms.foundation.services.checking import Fault
from lms.kernel.data_files import parse_yaml

from .measuring import each_block, plain, questions_of

ENGLISH = ".en.yaml"
SHORTEST_PASSAGE = 2


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson's file with its English twin, if it has one."""

    where: str
    data: dict[str, Any]
    english: list[dict[str, Any]] | None

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The Chinese blocks, top to bottom."""
        return list(self.data["blocks"])

    def values(self, kind: str) -> list[Any]:
        """The Chinese blocks of this kind."""
        return [value for name, value in each_block(self.blocks) if name == kind]

    def english_values(self, kind: str) -> list[Any]:
        """The English blocks of this kind."""
        return [value for name, value in each_block(self.english or []) if name == kind]

    def fault(self, code: str, message: str) -> Fault:
        """Something that is wrong in this file."""
        return Fault(self.where, code, message)

    def texts(self) -> Iterator[str]:
        """Every string of the Chinese blocks, in reading order; sources stay out, they name what they name."""
        for kind, value in each_block(self.blocks):
            if kind != "sources":
                yield from _strings(value)

    def passages(self) -> Iterator[str]:
        """Paragraphs and questions, each on its own, to be looked for elsewhere."""
        for kind, value in each_block(self.blocks):
            if kind in ("text", "callout", "case"):
                words = value if kind == "text" else value["text"]
                yield from (line.strip() for line in plain(words).splitlines() if len(line.strip()) > SHORTEST_PASSAGE)
        for question in questions_of(self.blocks):
            yield question["question"]
            yield plain(question["explanation"]).strip()


def lessons_in(folder: Path) -> Iterator[Lesson]:
    """The lessons of a course in the order of its course.yaml."""
    for name in read_yaml(folder / "course.yaml")["lessons"]:
        twin = folder / name.replace(".yaml", ENGLISH)
        english = read_yaml(twin)["blocks"] if twin.is_file() else None
        yield Lesson(f"{folder.name}/{name}", read_yaml(folder / name), english)


def read_yaml(path: Path) -> dict[str, Any]:
    """The content of a file of lessons."""
    return dict(parse_yaml(path.read_text(encoding="utf-8")))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _strings(part)
        case list():
            for part in value:
                yield from _strings(part)
