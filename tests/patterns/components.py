"""Components as their folders tell them: the contract, the examples, the stylesheet."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import mark_safe

DESIGN = settings.REPO_DIR / "cms/design"
FOLDERS = DESIGN / "templates/design/components"
STYLES = DESIGN / "static/design/css/components"
SUFFIX = {"zh-hans": "", "en": ".en"}

_CONTRACT = re.compile(r"^{% comment %}\n(.*?)\n{% endcomment %}", re.DOTALL)
_NAMES = re.compile(r"^  (\w+(?:, \w+)*) {2,}", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.+")


@dataclass(frozen=True, slots=True)
class Component:
    """One folder of `templates/design/components`."""

    name: str

    @property
    def template(self) -> str:
        """The template, as it is included."""
        return f"design/components/{self.name}/{self.name}.html"

    @property
    def contract(self) -> str:
        """The comment that opens the template: what the component is and which variables it takes."""
        return contract_of(FOLDERS / self.name / f"{self.name}.html")

    @property
    def summary(self) -> str:
        """What the component is, in the first line of its contract."""
        return self.contract.split("\n", 1)[0]

    @property
    def variables(self) -> set[str]:
        """The names that the contract gives."""
        return {name for names in _NAMES.findall(self.contract) for name in names.split(", ")}

    @property
    def stylesheet(self) -> Path:
        """The one file that styles it."""
        return STYLES / f"{self.name.replace('_', '-')}.css"

    def examples(self, language: str) -> list[dict[str, Any]]:
        """The examples of its folder, in `language` where there is a twin; one may be a list of several."""
        twin = FOLDERS / self.name / f"example{SUFFIX[language]}.json"
        path = twin if twin.exists() else FOLDERS / self.name / "example.json"
        if not path.exists():
            return []
        kept = _living(json.loads(path.read_text(encoding="utf-8")))
        return kept if isinstance(kept, list) else [kept]


def contract_of(path: Path) -> str:
    """The opening comment of a template; empty where there is none."""
    found = _CONTRACT.search(
        path.read_text(encoding="utf-8").removeprefix('{% extends "design/layouts/base.html" %}\n')
    )
    return found[1] if found else ""


def components() -> list[Component]:
    """Every component of the design, by name."""
    return [Component(folder.name) for folder in sorted(FOLDERS.iterdir()) if folder.is_dir()]


def _living(value: Any) -> Any:
    """JSON knows no days, moments or safe HTML: strings written as one become one."""
    if isinstance(value, dict):
        return {key: _living(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_living(each) for each in value]
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value)
    return mark_safe(value) if value.startswith("<") else value
