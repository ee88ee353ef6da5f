from django.db import migrations

from lms.kernel.append_only import ForbidChanges


class Migration(migrations.Migration):
    """What learners read, what they were credited and where they stood is added to, never edited."""

    dependencies = [("courses", "0001_initial")]

    operations = [
        ForbidChanges("courses_courseversion"),
        ForbidChanges("courses_enrolmentevent"),
        ForbidChanges("courses_studyinterval"),
    ]
