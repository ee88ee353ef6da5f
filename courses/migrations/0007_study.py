import uuid
from collections import defaultdict
from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from lms.kernel.append_only import ForbidChanges
from lms.kernel.beijing import BEIJING

BATCH = 500
NUMBERED = ["seq", "continues", "challenge_at", "expires_at"]


def open_history(apps: Any, schema_editor: Any) -> None:
    """The claims get another form; they are closed again when that is done."""
    ForbidChanges("courses_studyinterval").database_backwards("courses", schema_editor, None, None)


def number_leases(apps: Any, schema_editor: Any) -> None:
    """Give the leases of each person their numbers; the one that renewed says so itself now, not the one before."""
    StudyLease = apps.get_model("courses", "StudyLease")
    number: dict[int, int] = defaultdict(int)
    renewed: dict[int, bool] = defaultdict(bool)
    batch = []
    for lease in StudyLease.objects.order_by("person_id", "issued_at", "pk").iterator(chunk_size=BATCH):
        number[lease.person_id] += 1
        lease.seq, lease.continues = number[lease.person_id], renewed[lease.person_id]
        lease.challenge_at = lease.issued_at + timedelta(minutes=15)
        if lease.closed_at and lease.issued_at < lease.closed_at < lease.expires_at:
            lease.expires_at = lease.closed_at
        renewed[lease.person_id] = lease.ended_by == "renewed"
        batch.append(lease)
        if len(batch) == BATCH:
            StudyLease.objects.bulk_update(batch, NUMBERED)
            batch.clear()
    StudyLease.objects.bulk_update(batch, NUMBERED)


def divide_claims(apps: Any, schema_editor: Any) -> None:
    """Every claimed second is credited or refused with a reason; what was credited is booked to its day."""
    StudyInterval = apps.get_model("courses", "StudyInterval")
    days: dict[Any, int] = defaultdict(int)
    batch = []
    for interval in StudyInterval.objects.select_related("lease").order_by("pk").iterator(chunk_size=BATCH):
        interval.parts = _parts(interval)
        interval.spent_s, interval.pending_s = interval.accepted_s, 0
        days[interval.lease.person_id, interval.lease.issued_at.astimezone(BEIJING).date()] += interval.accepted_s
        batch.append(interval)
        if len(batch) == BATCH:
            StudyInterval.objects.bulk_update(batch, ["parts", "spent_s", "pending_s"])
            batch.clear()
    StudyInterval.objects.bulk_update(batch, ["parts", "spent_s", "pending_s"])
    StudyDay = apps.get_model("courses", "StudyDay")
    StudyDay.objects.bulk_create(
        (StudyDay(person_id=person, day=day, credited_s=seconds) for (person, day), seconds in days.items() if seconds),
        batch_size=BATCH,
    )


def _parts(interval: Any) -> list[list[Any]]:
    parts: list[list[Any]] = []
    at = interval.start_s
    why = interval.reason or "already-counted"
    for start, end in interval.accepted:
        if at < start:
            parts.append([at, start, "refused", why])
        parts.append([start, end, "credited", ""])
        at = end
    if at < interval.end_s:
        parts.append([at, interval.end_s, "refused", why])
    return parts


class Migration(migrations.Migration):
    """Leases are numbered and only added to; every claimed second says what became of it."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("courses", "0006_content"),
        ("records", "0002_history"),
    ]

    operations = [
        migrations.RunPython(open_history, migrations.RunPython.noop),
        migrations.RemoveConstraint("studylease", "courses_lease_one_open_per_person"),
        migrations.RemoveConstraint("studylease", "courses_lease_closed_says_how"),
        migrations.RemoveConstraint("studyinterval", "courses_interval_accepted_within_claim"),
        migrations.RemoveConstraint("itemprogress", "courses_item_within_declared"),
        migrations.AddField("studylease", "seq", models.PositiveIntegerField(null=True)),
        migrations.AddField("studylease", "continues", models.BooleanField(null=True)),
        migrations.AddField("studylease", "speed", models.DecimalField(decimal_places=2, default=1, max_digits=4)),
        migrations.AddField("studylease", "challenge_no", models.PositiveIntegerField(default=1)),
        migrations.AddField("studylease", "challenge_at", models.DateTimeField(null=True)),
        migrations.AddField("studyinterval", "parts", models.JSONField(null=True)),
        migrations.AddField("studyinterval", "spent_s", models.PositiveIntegerField(null=True)),
        migrations.AddField("itemprogress", "waiting", models.JSONField(default=list)),
        migrations.AddField("itemprogress", "waiting_s", models.PositiveIntegerField(default=0)),
        migrations.CreateModel(
            name="StudyDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("credited_s", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "day of study",
                "verbose_name_plural": "days of study",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "day"),
                        name="courses_study_day_once",
                        violation_error_message="A person has one sum for a day of study.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PresenceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("challenge_no", models.PositiveIntegerField()),
                ("answered_at", models.DateTimeField()),
                ("in_time", models.BooleanField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "presence answer",
                "verbose_name_plural": "presence answers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "challenge_no"),
                        name="courses_presence_answered_once",
                        violation_error_message="A presence question is answered once.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StudySettlement",
            fields=[
                (
                    "interval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="settlement",
                        serialize=False,
                        to="courses.studyinterval",
                    ),
                ),
                ("parts", models.JSONField()),
                ("accepted_s", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "settlement of study time",
                "verbose_name_plural": "settlements of study time",
            },
        ),
        migrations.CreateModel(
            name="StudyCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("item_uid", models.CharField(max_length=40)),
                ("minutes", models.IntegerField(verbose_name="minutes")),
                ("parts", models.JSONField()),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("evidence_name", models.CharField(max_length=120)),
                ("evidence_sha256", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="courses.enrolment",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.privatefile",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of study time",
                "verbose_name_plural": "corrections of study time",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes", 0), _negated=True),
                        name="courses_correction_changes_something",
                        violation_error_message="A correction gives or takes back whole minutes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="courses_correction_says_why",
                        violation_error_message="A correction says why.",
                    ),
                ],
            },
        ),
        migrations.RunPython(number_leases, migrations.RunPython.noop),
        migrations.RunPython(divide_claims, migrations.RunPython.noop),
    ]
