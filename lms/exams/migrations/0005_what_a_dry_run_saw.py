from typing import Any

from django.db import migrations, models

from lms.kernel.append_only import ForbidChanges

PREPARED = ("exam_id", "kind", "proposal", "reason", "prepared_by", "prepared_at")
PREPARED_ALONE = " AND ".join(
    [
        *(f"NEW.{column} = OLD.{column}" for column in PREPARED),
        "COALESCE(NEW.version_id, 0) = COALESCE(OLD.version_id, 0)",
    ]
)
GUARD = ForbidChanges("exams_regrade", unless=f"OLD.state IN ('prepared', 'approved') AND {PREPARED_ALONE}")


def open_history(apps: Any, schema_editor: Any) -> None:
    """The table gets new columns, for which SQLite writes it anew; it is closed again below."""
    GUARD.database_backwards("exams", schema_editor, None, None)


class Migration(migrations.Migration):
    dependencies = [("exams", "0004_close_history")]

    operations = [
        migrations.RunPython(open_history, migrations.RunPython.noop),
        migrations.AddField("regrade", "computed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("regrade", "papers", models.PositiveIntegerField(default=0)),
        migrations.AddField("regrade", "newest_result", models.PositiveBigIntegerField(default=0)),
        GUARD,
    ]
