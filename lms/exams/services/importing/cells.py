"""How the parts of a question are written into one cell, and read from it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

_LINE = re.compile(r"^\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*[=＝]\s*(.*)$", re.IGNORECASE)
_CRITERION = re.compile(r"^\s*\[([a-z0-9-]+)\]\s*(.+)$", re.IGNORECASE)
_LEVEL = re.compile(r"^\s*([\d.]+)\s*[:：=＝]\s*(.+)$")
_PARTS = re.compile(r"[\s,，、;；>＞→]+")
TWIN = " || "


def narrow(text: str) -> str:
    """Letters and digits in their usual width, for what is a code and not words."""
    return unicodedata.normalize("NFKC", text).strip()


def hold(text: str) -> str:
    """A text as one line of a cell."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def release(text: str) -> str:
    """The text that a line of a cell holds."""
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) == "n" else found.group(1), text)


def list_cell(entries: Iterable[Sequence[str]]) -> str:
    """A list of named texts, one line each: `a = text`, or `a = text = factor`."""
    return "\n".join(" = ".join(hold(part) for part in entry) for entry in entries)


def read_list(cell: str, first: str) -> list[tuple[str, str]]:
    """Named texts of a cell; lines without a name are named by their place."""
    found: list[tuple[str, str]] = []
    for at, line in enumerate((line for line in cell.split("\n") if line.strip()), start=1):
        named = _LINE.match(line)
        name = named.group(1).lower() if named else (f"{first}{at}" if first else chr(96 + at))
        found.append((name, release((named.group(2) if named else line).strip())))
    return found


def read_units(cell: str) -> list[dict[str, str]]:
    """Units to choose, one line each: `name = unit = factor`."""
    units = []
    for name, rest in read_list(cell, "u"):
        text, _sign, factor = rest.rpartition("=")
        number = narrow(factor)
        known = bool(text.strip()) and re.fullmatch(r"\d+(\.\d+)?", number)
        units.append({"id": name, "text": (text if known else rest).strip(), "factor": number if known else "1"})
    return units


def parts_of(cell: str, names: Sequence[str]) -> list[str]:
    """The options that an answer names: `ABD`, `A,B,D` or `transfer, licence`."""
    found = [part for part in _PARTS.split(narrow(cell).lower()) if part]
    singles = all(len(name) == 1 for name in names)
    return [letter for part in found for letter in (part if singles and part not in names else [part])]


def read_pairs(cell: str, choices: Sequence[str]) -> dict[str, str]:
    """What is matched to what: `a=x5`, one a line or parted by commas; a bare number counts the choices."""
    pairs = {}
    for part in re.split(r"[\n,，、;；]+", narrow(cell).lower()):
        sides = [side.strip() for side in re.split(r"=|->|→|-(?!\w*-)", part, maxsplit=1)]
        if len(sides) == 2:
            left, right = sides
            pairs[left] = f"x{right}" if right.isdecimal() and right not in choices else right
    return pairs


def blanks_cell(blanks: Sequence[Sequence[str]]) -> str:
    """One line a blank, its wordings parted by bars."""
    return "\n".join(" | ".join(hold(way).replace("|", "\\|") for way in ways) for ways in blanks)


def read_blanks(cell: str, wanted: int) -> list[list[str]]:
    """The same, read; where everything stands in one line, semicolons part the blanks."""
    lines = [line for line in cell.split("\n") if line.strip()]
    if len(lines) == 1 and wanted > 1:
        lines = re.split(r"[;；]", lines[0])
    return [[release(way).strip() for way in re.split(r"(?<!\\)[|｜]", line) if way.strip()] for line in lines]


def rubric_cell(criteria: Iterable[dict[str, Any]]) -> str:
    """A rubric: `[name] title`, and below it `points: what is worth them`."""
    lines = []
    for criterion in criteria:
        lines.append(f"[{criterion['id']}] {_twinned(criterion, 'title')}")
        lines += [f"{level['points']}: {_twinned(level, 'text')}" for level in criterion["levels"]]
    return "\n".join(lines)


def _twinned(entry: dict[str, Any], name: str) -> str:
    english = entry.get(f"{name}_en", "")
    return hold(entry[name]) + (TWIN + hold(english) if english else "")


def read_rubric(cell: str) -> dict[str, Any] | None:
    """The same, read; nothing where a line is neither a criterion nor a level."""
    criteria: list[dict[str, Any]] = []
    for line in (line for line in cell.split("\n") if line.strip()):
        head, level = _CRITERION.match(line), _LEVEL.match(narrow(line) if line[:1] > "\uff00" else line)
        if head:
            text, _bars, english = head.group(2).partition(TWIN)
            title = {"title": release(text).strip(), "title_en": release(english).strip()}
            criteria.append({"id": head.group(1).lower(), **title, "levels": []})
        elif level and criteria:
            text, _bars, english = level.group(2).partition(TWIN)
            words = {"text": release(text).strip(), "text_en": release(english).strip()}
            criteria[-1]["levels"].append({"points": level.group(1), **words})
        else:
            return None
    for criterion in criteria:
        points = [level["points"] for level in criterion["levels"]]
        criterion["max"] = max(points, key=_worth) if points else "0"
    return {"criteria": criteria} if criteria else None


def _worth(points: str) -> float:
    try:
        return float(points)
    except ValueError:
        return 0.0
