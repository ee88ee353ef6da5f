"""Writes the first words of the entrances where an editor has written none."""

import json
from pathlib import Path
from uuid import uuid4

from django.db import migrations

from cms.foundation.models.twins import chinese_digest, english_digest

WORDS = Path(__file__).resolve().parents[1] / "data" / "home-doors.json"


def open_doors(apps, schema_editor):
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    words["doors"] = json.dumps([{**block, "id": str(uuid4())} for block in words["doors"]])
    for page in apps.get_model("pages", "HomePage").objects.filter(doors_title=""):
        for name, value in words.items():
            setattr(page, name, value)
        page.english_of, page.english_is = chinese_digest(page), english_digest(page)
        page.save()


class Migration(migrations.Migration):
    dependencies = [("pages", "0006_doors")]

    operations = [migrations.RunPython(open_doors, migrations.RunPython.noop)]
