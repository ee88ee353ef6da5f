from typing import Any

from django.db import migrations
from django.db.models import Max


def retire(apps: Any, schema_editor: Any) -> None:
    """Of every question the newest published version stays in use; papers keep the version they hold."""
    QuestionVersion = apps.get_model("exams", "QuestionVersion")
    published = QuestionVersion.objects.filter(state="published")
    newest = published.values("question").annotate(newest=Max("no")).values_list("question", "newest")
    for question, no in newest.iterator():
        published.filter(question=question, no__lt=no).update(state="retired")


class Migration(migrations.Migration):
    dependencies = [("exams", "0002_a_whole_exam")]

    operations = [migrations.RunPython(retire, migrations.RunPython.noop)]
