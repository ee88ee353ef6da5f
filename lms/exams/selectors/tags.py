"""The words by which questions are sorted: levels, modules, topics and competencies of the rules in force."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from lms.kernel.levels import LevelCode
from lms.schemes.enums import ModuleCode
from lms.schemes.selectors.current import NoRulesInForce, current_version


@dataclass(frozen=True, slots=True)
class TopicTag:
    """A topic of a level, and the module that it belongs to."""

    level: str
    module: str
    code: str
    title: str
    title_en: str

    @property
    def label(self) -> str:
        """Its title in the language now active."""
        return self.title_en if get_language() == "en" else self.title


@dataclass(frozen=True, slots=True)
class NamedTag:
    """A level or a competency, as the rules in force call it."""

    code: str
    name: str
    name_en: str

    @property
    def label(self) -> str:
        """Its name in the language now active."""
        return self.name_en if get_language() == "en" else self.name


@dataclass(frozen=True, slots=True)
class Tags:
    """Everything a question may be sorted by; empty while no rules are in force."""

    levels: Sequence[NamedTag] = ()
    topics: Sequence[TopicTag] = ()
    competencies: Sequence[NamedTag] = ()
    modules: Sequence[ModuleCode] = field(default_factory=lambda: list(ModuleCode))

    def topic(self, level: str, code: str) -> TopicTag | None:
        """The topic of this code at a level."""
        return next((each for each in self.topics if (each.level, each.code) == (level, code)), None)

    def level(self, code: str) -> NamedTag | None:
        """The level of this code."""
        return next((each for each in self.levels if each.code == code), None)

    def competency(self, code: str) -> NamedTag | None:
        """The competency of this code."""
        return next((each for each in self.competencies if each.code == code), None)

    def topics_of_module(self, module: str) -> Collection[str]:
        """The codes of a module's topics."""
        return {each.code for each in self.topics if each.module == module}

    def module_of(self, level: str, topic: str) -> str:
        """The module that teaches a topic; empty for a topic that the rules in force do not know."""
        found = self.topic(level, topic)
        return found.module if found else ""


def tags_in_force(now: datetime) -> Tags:
    """The tags of the rules in force (four queries)."""
    try:
        version = current_version(now)
    except NoRulesInForce:
        return Tags(levels=[NamedTag(code.value, code.value, code.value) for code in LevelCode])
    return Tags(
        levels=[NamedTag(row.code, row.name, row.name_en) for row in version.levels.order_by("pk")],
        topics=[
            TopicTag(row.level_code, row.module, row.code, row.title, row.title_en)
            for row in version.topics.order_by("level_code", "position", "pk")
        ],
        competencies=[NamedTag(row.code, row.name, row.name_en) for row in version.competencies.order_by("code")],
    )
