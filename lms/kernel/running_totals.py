"""Totals that the database keeps itself: every line inserted is added to its total, on SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_ADD = """INSERT INTO {total} ({keys}, {sums}, lines) VALUES ({values}, {figures}, 1)
ON CONFLICT ({keys}) DO UPDATE SET {added}, lines = {total}.lines + 1"""
_SQLITE = "CREATE TRIGGER {table}_total AFTER INSERT ON {table} BEGIN {add}; END"
_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_total() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {add}; RETURN NEW; END $$"""
_POSTGRES = "CREATE TRIGGER {table}_total AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_total()"
_FILL = """INSERT INTO {total} ({keys}, {sums}, lines)
SELECT {keys}, {summed}, COUNT(*) FROM {table} GROUP BY {keys}"""


class KeepTotal(Operation):
    """Migration step: from now on every row inserted into `table` is added to its row of `total`.

    `keys` are columns of both tables, unique in `total`. `sums` gives for each summed column of `total` an SQL
    expression over a line's columns that is a whole number. Lines that are there already are counted at once.
    No code adds these figures, so none can forget to; `table` takes no UPDATE and no DELETE (`ForbidChanges`).
    """

    reversible = True

    def __init__(self, table: str, *, total: str, keys: Sequence[str], sums: Mapping[str, str]) -> None:
        self.table, self.total, self.keys, self.sums = table, total, tuple(keys), dict(sums)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.table], {"total": self.total, "keys": self.keys, "sums": self.sums}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The trigger is no part of the models' state."""

    def _words(self) -> dict[str, str]:
        return {
            "table": self.table,
            "total": self.total,
            "keys": ", ".join(self.keys),
            "sums": ", ".join(self.sums),
            "values": ", ".join(f"NEW.{key}" for key in self.keys),
            "figures": ", ".join(_whole(figure.format(line="NEW.")) for figure in self.sums.values()),
            "added": ", ".join(f"{name} = {self.total}.{name} + excluded.{name}" for name in self.sums),
            "summed": ", ".join(f"SUM({_whole(figure.format(line=''))})" for figure in self.sums.values()),
        }

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        words = self._words()
        words["add"] = _ADD.format(**words)
        parts = (_SQLITE,) if schema_editor.connection.vendor == "sqlite" else (_FUNCTION, _POSTGRES)
        for part in (_FILL, *parts):
            # `params=None`: the text holds no parameters, and a literal % must stay one.
            schema_editor.execute(part.format(**words), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_total{on}", params=None)
        schema_editor.execute(f"DELETE FROM {self.total}", params=None)  # noqa: S608 -- a name of ours

    def describe(self) -> str:
        return f"{self.total} adds up every row of {self.table}"


def _whole(figure: str) -> str:
    return f"CAST(ROUND({figure}) AS BIGINT)"
