"""What a level teaches, module by module."""

from lms.schemes.models import Level, Topic


def topics_of(level: Level) -> list[Topic]:
    """The topics of a level in the order of the curriculum (one query)."""
    return list(Topic.objects.filter(version_id=level.version_id, level_code=level.code).order_by("position", "pk"))


def modules_by_topic() -> dict[str, str]:
    """The module of every topic code, as the newest scheme that teaches it has it (one query)."""
    rows = Topic.objects.order_by("version__effective_from", "version_id").values_list("code", "module")
    return dict(rows)
