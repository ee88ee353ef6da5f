"""What the address of the catalogue asks for, and how the page says it back: fields, chosen filters, order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateformat import format as written
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from courses.enums import OfferingMode
from lms.kernel.levels import LevelCode
from lms.schemes.enums import ModuleCode

from .levels import LEVEL_LABELS

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters and the order of the list; what an address says wrongly is not asked."""

    level: str = ""
    module: str = ""
    base: str = ""
    city: str = ""
    mode: str = ""
    since: date | None = None
    until: date | None = None
    free: bool = False
    sort: str = "title"

    @property
    def parameters(self) -> dict[str, str]:
        """Everything that differs from the whole list, as an address says it."""
        said = {
            "level": self.level,
            "module": self.module,
            "base": self.base,
            "city": self.city,
            "mode": self.mode,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "free": "1" if self.free else "",
            "sort": "" if self.sort == "title" else self.sort,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        """The same, encoded."""
        return urlencode(self.parameters)

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered, whatever the order."""
        return bool(replace(self, sort="title").parameters)

    @property
    def about_offerings(self) -> bool:
        """Whether only courses with a fitting offering are asked for."""
        return bool(self.city or self.mode or self.since or self.until or self.free)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is on, and the list without it."""

    label: str
    value: str
    query: str


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose from."""

    levels: list[str]
    bases: list[tuple[str, str]]
    cities: list[str]


def asked_in(address: QueryDict) -> Asked:
    """What an address asks for; a value that nothing can have is no filter."""
    return Asked(
        level=_one_of(LevelCode, address.get("level", "")),
        module=_one_of(ModuleCode, address.get("module", "")),
        base=_word(address.get("base", "")),
        city=_word(address.get("city", "")),
        mode=_one_of(OfferingMode, address.get("mode", "")),
        since=_day(address.get("from", "")),
        until=_day(address.get("to", "")),
        free=address.get("free") == "1",
        sort=address.get("sort", "") if address.get("sort") in SORTS else "title",
    )


def _one_of(codes: Any, text: str) -> str:
    return text if text in {str(code.value) for code in codes} else ""


def _word(text: str) -> str:
    """A word as an address writes it; what no database takes is not asked."""
    return text if text.isprintable() and len(text) <= LONGEST else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


SORTS: dict[str, Callable[[], str]] = {
    "title": lambda: pgettext("order of courses", "by title"),
    "soon": lambda: pgettext("order of courses", "next to begin first"),
    "level": lambda: pgettext("order of courses", "by level"),
}


def fields_of(asked: Asked, options: Options) -> list[dict[str, Any]]:
    """The fields of the filter form as they stand."""
    said = asked.parameters
    choices = _choices(options)
    selects = [_select(name, label, said.get(name, ""), choices[name]) for name, label in _labels().items()]
    days = [
        {"name": name, "label": label, "kind": "date", "value": said.get(name, "")}
        for name, label in (("from", _("Begins on or after")), ("to", _("Begins on or before")))
    ]
    order = _select(
        "sort", pgettext("of a list", "Order"), asked.sort, [(code, words()) for code, words in SORTS.items()]
    )
    return [*selects, *days, order]


def chosen_in(asked: Asked, options: Options) -> list[Chosen]:
    """Every filter that is on, each with the list without it."""
    said = asked.parameters
    labels, choices = _labels(), _choices(options)
    found = []
    for name, value in said.items():
        if name == "sort":
            continue
        rest = urlencode({other: kept for other, kept in said.items() if other != name})
        if name in labels:
            found.append(Chosen(labels[name], dict(choices[name]).get(value, value), rest))
        else:
            label = _("Begins on or after") if name == "from" else _("Begins on or before")
            found.append(Chosen(label, _in_words(date.fromisoformat(value)), rest))
    return found


def _in_words(day: date) -> str:
    return written(day, "j F Y" if get_language() == "en" else "Y 年 n 月 j 日")


def _labels() -> dict[str, str]:
    return {
        "level": _("Level"),
        "module": _("Module"),
        "base": _("Training base"),
        "city": _("City"),
        "mode": _("How it is taught"),
        "free": _("Places"),
    }


def _choices(options: Options) -> dict[str, list[tuple[str, str]]]:
    levels = [(code.value, str(label)) for code, label in LEVEL_LABELS.items() if code.value in options.levels]
    modules = [(code.value, str(code.label)) for code in ModuleCode]
    modes = [(code.value, str(code.label)) for code in OfferingMode]
    return {
        "level": [("", _("every level")), *levels],
        "module": [("", _("every module")), *modules],
        "base": [("", _("every training base")), *options.bases],
        "city": [("", _("every city")), *((city, city) for city in options.cities)],
        "mode": [("", _("every way")), *modes],
        "free": [("", _("with or without free places")), ("1", _("with free places"))],
    }


def _select(name: str, label: str, value: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    options = [{"value": code, "label": said} for code, said in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}
