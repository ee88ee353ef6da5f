from django.db import migrations

from lms.kernel.append_only import ForbidChanges


class Migration(migrations.Migration):
    dependencies = [("marking", "0001_marking")]

    operations = [
        ForbidChanges("marking_rubricversion"),
        ForbidChanges("marking_script"),
        ForbidChanges("marking_mark"),
        ForbidChanges("marking_outcome"),
    ]
