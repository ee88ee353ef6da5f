"""A step brings its question's row to the fold in the statement that writes it, so that a save is one write.

On SQLite a migration that rewrites `exams_attemptstep` loses the trigger, and one that rewrites
`exams_attemptanswer` stumbles over it: take it down before, set it up after.
"""

from typing import Any

from django.db import migrations

TRIGGER = "exams_attemptstep_folds"
# For the answer and for the flag the highest number counts, in whatever order the steps arrive.
_FOLD = """INSERT INTO exams_attemptanswer (attempt_id, slot, answer, answer_seq, flagged, flag_seq)
VALUES (
  NEW.attempt_id, NEW.slot,
  CASE WHEN NEW.kind = 'save' THEN NEW.answer END,
  CASE WHEN NEW.kind = 'save' THEN NEW.client_seq ELSE 0 END,
  NEW.kind = 'flag' AND COALESCE(NEW.answer = {true}, {no}),
  CASE WHEN NEW.kind = 'flag' THEN NEW.client_seq ELSE 0 END
)
ON CONFLICT (attempt_id, slot) DO UPDATE SET
  answer = CASE WHEN excluded.answer_seq > exams_attemptanswer.answer_seq
           THEN excluded.answer ELSE exams_attemptanswer.answer END,
  answer_seq = {greatest}(excluded.answer_seq, exams_attemptanswer.answer_seq),
  flagged = CASE WHEN excluded.flag_seq > exams_attemptanswer.flag_seq
            THEN excluded.flagged ELSE exams_attemptanswer.flagged END,
  flag_seq = {greatest}(excluded.flag_seq, exams_attemptanswer.flag_seq);"""
_WHEN = "NEW.slot IS NOT NULL AND NEW.client_seq IS NOT NULL AND NEW.kind IN ('save', 'flag')"

_SQLITE = (
    f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON exams_attemptstep WHEN {_WHEN}\n"
    f"BEGIN {_FOLD.format(true=repr('true'), no='0', greatest='MAX')} END"
)
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n"
    f"{_FOLD.format(true=repr('true') + '::jsonb', no='FALSE', greatest='GREATEST')} RETURN NULL; END $$"
)
_POSTGRES = (
    f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON exams_attemptstep FOR EACH ROW WHEN ({_WHEN}) "
    f"EXECUTE FUNCTION {TRIGGER}()"
)


def set_up(apps: Any, schema_editor: Any) -> None:
    """One trigger, told to each database in its own words."""
    for statement in (_SQLITE,) if schema_editor.connection.vendor == "sqlite" else (_FUNCTION, _POSTGRES):
        schema_editor.execute(statement, params=None)


def take_down(apps: Any, schema_editor: Any) -> None:
    """Steps no longer fold themselves."""
    on = " ON exams_attemptstep" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [("exams", "0005_what_a_dry_run_saw")]

    operations = [migrations.RunPython(set_up, take_down)]
