from django.db import migrations

from lms.kernel.append_only import ForbidChanges


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        ForbidChanges("records_auditevent"),
        # A head moves forward by one line, and by nothing else.
        ForbidChanges(
            "records_chainhead",
            unless="NEW.book = OLD.book AND NEW.owner = OLD.owner AND NEW.seq = OLD.seq + 1",
        ),
    ]
