from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

from lms.kernel.append_only import ForbidChanges
from lms.kernel.running_totals import KeepTotal

BEIJING = ZoneInfo("Asia/Shanghai")
PAPER = "NEW.sha256 = OLD.sha256 AND NEW.head = OLD.head AND NEW.person_id = OLD.person_id AND NEW.lines = OLD.lines"
GUARDS = [
    ForbidChanges("credits_hourline"),
    ForbidChanges("credits_creditline"),
    ForbidChanges("credits_linetext", erasable=True),
    ForbidChanges("credits_creditrules", unless="OLD.state = 'draft'"),
    ForbidChanges("credits_claim", unless="OLD.state NOT IN ('confirmed', 'withdrawn')"),
    ForbidChanges("credits_claimevent"),
    ForbidChanges("credits_confirmation"),
    ForbidChanges("credits_contractnumber", erasable=True),
    ForbidChanges("credits_claimappeal", unless="OLD.state = 'filed'"),
    ForbidChanges("credits_auditsample", unless="OLD.state = 'open'"),
    ForbidChanges("credits_portfolioevent"),
    ForbidChanges("credits_annualreturn", unless="OLD.state = 'draft'"),
    ForbidChanges("credits_creditpaper", unless=PAPER),
]
TOTALS = [
    KeepTotal(
        "credits_creditline",
        total="credits_credittotal",
        keys=("person_id", "kind", "year"),
        sums={"hundredths": "{line}points * 100"},
    ),
    KeepTotal(
        "credits_hourline",
        total="credits_hourtotal",
        keys=("person_id", "module", "year"),
        sums={"minutes": "{line}minutes", "hundredths": "{line}class_hours * 100"},
    ),
]


def date_old_lines(apps: Any, schema_editor: Any) -> None:
    """Lines of before get the day and year that follow from their moment, and say in what format they were hashed."""
    for name in ("HourLine", "CreditLine"):
        model = apps.get_model("credits", name)
        moments = model.objects.values_list("pk", "occurred_at").iterator(chunk_size=1000)
        for number, moment in moments:
            day = _day(moment)
            model.objects.filter(pk=number).update(format=1, occurred_on=day, year=day.year)


def _day(moment: datetime) -> Any:
    return moment.astimezone(BEIJING).date()


class Migration(migrations.Migration):
    dependencies = [("credits", "0002_rules_claims_and_totals")]
    operations = [
        migrations.RunPython(date_old_lines, migrations.RunPython.noop),
        *GUARDS,
        *TOTALS,
    ]
