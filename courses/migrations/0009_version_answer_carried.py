from django.db import migrations, models


class Migration(migrations.Migration):
    """A nullable column is added without making the table anew, so its triggers stay."""

    dependencies = [("courses", "0008_study_history")]

    operations = [
        migrations.AddField(
            model_name="versionanswer",
            name="carried",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
