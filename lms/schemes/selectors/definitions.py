"""A version as its data file would say it."""

from typing import Any

from lms.schemes.models import Level, SchemeVersion, Topic


def definition_of(version: SchemeVersion) -> dict[str, Any]:
    """Everything a version says, in the shape that `load_scheme` reads (five queries)."""
    topics = list(version.topics.order_by("position", "pk"))
    return {
        "scheme": {"code": version.scheme.code, "name": version.scheme.name, "name_en": version.scheme.name_en},
        "number": version.number,
        "title": version.title,
        "title_en": version.title_en,
        "effective_from": version.effective_from,
        "state": version.state,
        "basis": version.basis,
        "basis_en": version.basis_en,
        "modules": _names(version.modules.order_by("pk")),
        "competencies": _names(version.competencies.order_by("pk")),
        "study_rules": version.study_rules or {},
        "levels": [_level(level, topics) for level in version.levels.order_by("pk")],
    }


def _names(parts: Any) -> list[dict[str, str]]:
    return [{"code": part.code, "name": part.name, "name_en": part.name_en} for part in parts]


def _level(level: Level, topics: list[Topic]) -> dict[str, Any]:
    return {
        "code": level.code,
        "name": level.name,
        "name_en": level.name_en,
        "validity_years": level.validity_years,
        "requirements": level.requirements,
        **({"renewal": level.renewal} if level.renewal else {}),
        "topics": [_topic(topic) for topic in topics if topic.level_code == level.code],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    names = ("module", "code", "title", "title_en", "delivery", "class_hours", "hours_source", "hours_source_en")
    return {name: getattr(topic, name) for name in names}
