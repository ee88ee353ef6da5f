from django.db import migrations

from lms.kernel.append_only import ForbidChanges


class Migration(migrations.Migration):
    """Who decided what about a place, a contribution or a practice record is added to, never edited."""

    dependencies = [("courses", "0004_learning")]

    operations = [
        ForbidChanges("courses_versionanswer"),
        ForbidChanges("courses_applicationevent"),
        ForbidChanges("courses_moderationevent"),
        ForbidChanges("courses_announcement"),
        ForbidChanges("courses_practiceevent"),
        ForbidChanges("courses_practicerecord", unless="OLD.state <> 'confirmed'"),
    ]
