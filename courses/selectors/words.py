"""The words of one item out of a frozen version, without reading those of the others."""

import json
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Func, JSONField, Value
from django.utils.translation import get_language

from courses.models import CourseVersion

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class PartOfBody(Func):
    """What lies at a path of keys in the body; the database takes it out, so a long course costs no more."""

    function = "JSONB_EXTRACT_PATH"
    output_field = JSONField()

    def __init__(self, *path: str) -> None:
        super().__init__("body", *(Value(key, output_field=CharField()) for key in path))
        self.path = path

    def as_sqlite(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper", **extra: Any) -> Any:
        there = "$" + "".join(f".{json.dumps(key)}" for key in self.path)
        asked = self.copy()
        asked.set_source_expressions([self.get_source_expressions()[0], Value(there, output_field=CharField())])
        return super(PartOfBody, asked).as_sql(compiler, connection, function="JSON_EXTRACT", **extra)


def words_of(version_id: int, item_uid: str) -> tuple[str, list[dict[str, Any]]]:
    """The language of the words for whoever reads now, and the words (one query); empty if there are none."""
    asked = {"chinese": PartOfBody("items", item_uid)}
    if get_language() == "en":
        asked["english"] = PartOfBody("items_en", item_uid)
    found: dict[str, Any] = dict(CourseVersion.objects.filter(pk=version_id).values(**asked).get())
    if found.get("english"):
        return "en", found["english"]
    return "zh-Hans", found.get("chinese") or []
