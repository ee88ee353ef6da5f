"""A version of a legal text is history from the day it is valid; the home page's English is confirmed as it stands."""

from django.db import migrations

from cms.foundation.models.twins import chinese_digest, english_digest
from lms.kernel.append_only import ForbidChanges


def confirm_english(apps, schema_editor):
    for page in apps.get_model("pages", "HomePage").objects.all():
        page.english_of, page.english_is = chinese_digest(page), english_digest(page)
        page.save(update_fields=["english_of", "english_is"])


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_public_site")]

    operations = [
        ForbidChanges("pages_legalversion", unless="OLD.valid_from > CURRENT_DATE"),
        migrations.RunPython(confirm_english, migrations.RunPython.noop),
    ]
