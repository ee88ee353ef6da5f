import django.db.models.deletion
from django.db import migrations, models

from lms.kernel.append_only import ForbidChanges


class Migration(migrations.Migration):
    """What study was granted, claimed, answered and corrected is added to, never edited."""

    dependencies = [("courses", "0007_study")]

    operations = [
        migrations.RemoveField("studylease", "closed_at"),
        migrations.RemoveField("studylease", "ended_by"),
        migrations.RemoveField("studylease", "credited_s"),
        migrations.RemoveField("studyinterval", "accepted"),
        migrations.AlterField(
            "studylease",
            "person",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AlterField("studylease", "seq", models.PositiveIntegerField()),
        migrations.AlterField("studylease", "continues", models.BooleanField()),
        migrations.AlterField("studylease", "speed", models.DecimalField(decimal_places=2, max_digits=4)),
        migrations.AlterField("studylease", "challenge_no", models.PositiveIntegerField()),
        migrations.AlterField("studylease", "challenge_at", models.DateTimeField()),
        migrations.AlterField("studyinterval", "parts", models.JSONField()),
        migrations.AlterField("studyinterval", "spent_s", models.PositiveIntegerField()),
        migrations.AddConstraint(
            "studylease",
            models.UniqueConstraint(
                fields=("person", "seq"),
                name="courses_lease_seq_once",
                violation_error_message="A person studies in one page at a time.",
            ),
        ),
        migrations.AddConstraint(
            "studyinterval",
            models.CheckConstraint(
                condition=models.Q(
                    ("spent_s__lte", models.F("end_s") - models.F("start_s")),
                    ("accepted_s__lte", models.F("spent_s") - models.F("pending_s")),
                ),
                name="courses_interval_accepted_within_claim",
                violation_error_message="No more is credited than was claimed.",
            ),
        ),
        migrations.AddConstraint(
            "itemprogress",
            models.CheckConstraint(
                condition=models.Q(("covered_s__lte", models.F("declared_s") - models.F("waiting_s"))),
                name="courses_item_within_declared",
                violation_error_message="No item is credited beyond its declared minutes.",
            ),
        ),
        ForbidChanges("courses_studylease"),
        ForbidChanges("courses_studyinterval"),
        ForbidChanges("courses_studysettlement"),
        ForbidChanges("courses_presenceanswer"),
        ForbidChanges(
            "courses_studycorrection",
            unless="NEW.evidence_id IS NULL AND NEW.id = OLD.id AND NEW.uid = OLD.uid "
            "AND NEW.evidence_name = OLD.evidence_name AND NEW.minutes = OLD.minutes AND NEW.reason = OLD.reason "
            "AND NEW.item_uid = OLD.item_uid AND NEW.enrolment_id = OLD.enrolment_id AND NEW.parts = OLD.parts "
            "AND NEW.evidence_sha256 = OLD.evidence_sha256 AND NEW.actor = OLD.actor AND NEW.at = OLD.at",
        ),
    ]
