"""Looking through the site's own files with the rules of lessons that fit: nothing unverified, nothing said twice."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from cms.foundation.services.checking import Fault, register_check
from courses.services.claims import unverified_in
from courses.services.measuring import plain
from courses.services.repeating import Said, repeats_in

DATA = Path(__file__).parent.parent / "data"
FILES = {"help.yaml": "pages", "glossary.yaml": "terms", "policies.yaml": "policies"}
NAMES = ("slug", "zh", "code", "title")
ENGLISH = ("_en", "en")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@register_check("site")
def check_site(data: Path = DATA) -> Iterator[Fault]:
    """What is wrong in the help pages, the glossary and the policy library."""
    entries = [
        (f"{file}:{_name(row)}", row) for file, list_name in FILES.items() for row in _read(data / file)[list_name]
    ]
    said = [Said(where, where, line) for where, row in entries for line in _lines(row)]
    for each in said:
        for statement, sentence in unverified_in(each.text):
            told = _("“%(sentence)s” states what is not verified: %(reason)s")
            yield Fault(each.where, "unverified", told % {"sentence": sentence[:60], "reason": statement.reason})
    for repeat in repeats_in(said):
        told = _("“%(text)s” is also in %(where)s.")
        yield Fault(repeat.other.where, "repeated", told % {"text": repeat.other.text[:40], "where": repeat.one.where})


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _name(row: dict[str, Any]) -> str:
    return next(str(row[name]) for name in NAMES if name in row)


def _lines(value: Any) -> Iterator[str]:
    """Every Chinese string, paragraph by paragraph."""
    match value:
        case str():
            yield from (line.strip() for line in plain(value).splitlines() if _CHINESE.search(line))
        case dict():
            for name, part in value.items():
                if not str(name).endswith(ENGLISH):
                    yield from _lines(part)
        case list():
            for part in value:
                yield from _lines(part)
