"""Questions and their keys in words, for those who keep a bank: to read, and to compare two versions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import Difficulty, QuestionKind
from lms.exams.services.bank_file import Item, Option

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a question that reads differently in two versions."""

    label: Words
    before: str
    after: str


def _local(thing: Any, name: str) -> str:
    twin: str = getattr(thing, f"{name}_en", "") if get_language() == "en" else ""
    return twin or getattr(thing, name)


def _texts(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: _local(option, "text") for option in options}


def _choice(item: Item) -> list[str]:
    texts, key = _texts(item.options), item.key
    return [texts[each] for each in ([key.option] if key.option else key.options or [])]


def _number(item: Item) -> list[str]:
    key = item.key
    unit = _local(item.units[0], "text") if item.units else _local(item, "unit")
    lines = [f"{key.value} {unit}".strip()]
    if key.tolerance:
        lines.append(gettext("Tolerance: %(figure)s") % {"figure": f"{key.tolerance} {unit}".strip()})
    if key.tolerance_percent:
        lines.append(gettext("Tolerance: %(figure)s") % {"figure": f"{key.tolerance_percent} %"})
    return lines


def _blanks(item: Item) -> list[str]:
    return [f"{number}. {' / '.join(ways)}" for number, ways in enumerate(item.key.blanks or [], start=1)]


def _pairs(item: Item) -> list[str]:
    left, right = _texts(item.options), _texts(item.choices)
    return [f"{left[option]} → {right[choice]}" for option, choice in (item.key.pairs or {}).items()]


def _order(item: Item) -> list[str]:
    texts = _texts(item.options)
    return [f"{number}. {texts[each]}" for number, each in enumerate(item.key.order or [], start=1)]


def _rubric(item: Item) -> list[str]:
    lines = [item.key.model] if item.key.model else []
    for criterion in item.key.rubric.criteria if item.key.rubric else []:
        lines.append(f"{_local(criterion, 'title')} ({criterion.max})")
        lines += [f"{level.points}: {_local(level, 'text')}" for level in criterion.levels]
    return lines


_KEYS: dict[str, Callable[[Item], list[str]]] = {
    QuestionKind.SINGLE: _choice,
    QuestionKind.MULTIPLE: _choice,
    QuestionKind.TRUE_FALSE: _choice,
    QuestionKind.NUMERIC: _number,
    QuestionKind.FILL_IN: _blanks,
    QuestionKind.MATCHING: _pairs,
    QuestionKind.ORDERING: _order,
    QuestionKind.ESSAY: _rubric,
}


def key_lines(item: Item) -> list[str]:
    """What is right, a line each."""
    return _KEYS[item.kind](item)


def _listed(entries: Iterable[Any], *names: str) -> str:
    return "\n".join(" · ".join(str(part) for name in names if (part := getattr(entry, name))) for entry in entries)


def _parts(item: Item) -> dict[str, tuple[Words, str]]:
    return {
        "stem": (_("Question"), item.stem),
        "stem_en": (_("Question in English"), item.stem_en),
        "options": (_("Options"), _listed(item.options, "text", "text_en")),
        "choices": (_("Right side"), _listed(item.choices, "text", "text_en")),
        "unit": (_("Unit"), " · ".join(part for part in (item.unit, item.unit_en) if part)),
        "units": (_("Units to choose from"), _listed(item.units, "text", "text_en", "factor")),
        "limit": (_("Characters at most"), str(item.limit or "")),
        "figures": (_("Pictures"), "\n".join(item.figures)),
        "key": (pgettext_lazy("of a question", "Key"), "\n".join(key_lines(item))),
        "explanation": (_("Explanation"), item.explanation),
        "explanation_en": (_("Explanation in English"), item.explanation_en),
        "source": (_("Source"), item.source),
        "law": (_("Legal basis"), _listed(item.law, "law", "article", "as_of")),
        "place": (_("Level and topic"), f"{item.level} {item.topic}".strip()),
        "competency": (_("Competency"), item.competency),
        "difficulty": (_("Difficulty"), str(Difficulty(item.difficulty).label)),
    }


def differences(before: Item, after: Item) -> list[Change]:
    """What reads differently in the later version, part by part."""
    old, new = _parts(before), _parts(after)
    return [Change(label, old[name][1], text) for name, (label, text) in new.items() if old[name][1] != text]
