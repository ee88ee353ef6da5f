from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0006_steps_fold_themselves")]

    operations = [
        migrations.AddField("itemstatistics", "flags", models.JSONField(default=list)),
    ]
