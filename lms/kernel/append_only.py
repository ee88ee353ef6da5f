"""Tables whose rows are added to and never edited: the database itself refuses, on SQLite and PostgreSQL."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table}: history is added to, never edited'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table}: history is added to, never edited' USING ERRCODE = '23514'; END $$"""
_POSTGRES = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} FOR EACH ROW {when}
EXECUTE FUNCTION {table}_no_{verb}()"""


class ForbidChanges(Operation):
    """Migration step: no UPDATE and no DELETE on `table` from now on.

    `unless` is SQL over OLD and NEW that names the one change still allowed, for example
    `OLD.state = 'draft'` for rows that freeze when they are published. `erasable` rows may go, never change.
    """

    reversible = True

    def __init__(self, table: str, *, unless: str = "", erasable: bool = False) -> None:
        self.table = table
        self.unless = unless
        self.erasable = erasable

    @property
    def _verbs(self) -> tuple[str, ...]:
        return ("update",) if self.erasable else ("update", "delete")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        given = {"unless": self.unless, "erasable": self.erasable}
        return self.__class__.__name__, [self.table], {name: value for name, value in given.items() if value}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The trigger is no part of the models' state."""

    def _statements(self, vendor: str) -> list[str]:
        statements = []
        for verb in self._verbs:
            unless = self.unless if verb == "update" or "NEW" not in self.unless else ""
            when = f"WHEN (NOT ({unless}))" if unless else ""
            words = {"table": self.table, "verb": verb, "VERB": verb.upper(), "when": when}
            parts = (_SQLITE,) if vendor == "sqlite" else (_FUNCTION, _POSTGRES)
            statements += [part.format(**words) for part in parts]
        return statements

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self._statements(schema_editor.connection.vendor):
            # `params=None`: the text holds no parameters, and a literal % must stay one.
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in self._verbs:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_no_{verb}{on}", params=None)

    def describe(self) -> str:
        return f"Rows of {self.table} are added to, never edited"
