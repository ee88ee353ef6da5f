"""Tells the populated demonstration, here or in a process of its own that a test may kill, and sums it up.

What is random by design is left out of the sum: identifiers, check codes, keys. Who, what, when and how well
is all in it.
"""

import json
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

MAIL = "person__user__email"
TABLES: dict[str, list[str]] = {
    "accounts.Person": ["user__email", "real_name", "latin_name", "identity_tail", "created_at"],
    "cohorts.Cohort": ["code", "title", "level", "starts_on", "ends_on", "created_at"],
    "cohorts.Membership": [MAIL, "cohort__code", "state", "employer", "joined_at"],
    "cohorts.RosterUpload": ["name", "state", "uploaded_at"],
    "courses.Enrolment": [MAIL, "state", "enrolled_at", "progress__percent", "progress__last_at"],
    "courses.StudyInterval": ["lease__person__user__email", "start_s", "end_s", "accepted_s", "received_at"],
    "credits.HourLine": [MAIL, "seq", "module", "minutes", "occurred_at"],
    "credits.CreditLine": [MAIL, "seq", "kind", "points", "occurred_at"],
    "exams.Attempt": [f"seat__{MAIL}", "seat__exam__code", "state", "started_at", "ended_at"],
    "exams.Result": [f"attempt__seat__{MAIL}", "points", "percent", "passed", "at"],
    "simulations.Attempt": [MAIL, "variant_seed", "seed", "counted", "state", "started_at", "ended_at"],
    "simulations.AttemptEvent": [f"attempt__{MAIL}", "seq", "type", "data", "at"],
    "simulations.ScoreRun": [f"attempt__{MAIL}", "total", "passed", "at"],
    "certificates.Decision": [MAIL, "state", "cycle", "prepared_at", "decided_at"],
    "certificates.Certificate": [MAIL, "level", "cycle", "state", "issued_on", "valid_until"],
    "schemes.RequirementFact": [MAIL, "kind", "ref", "value", "occurred_at"],
    "records.AuditEvent": ["organisation", "seq", "action", "at"],
}


def sums() -> dict[str, str]:
    """A digest of every table that tells of somebody."""
    return {label: _digest(label, fields) for label, fields in TABLES.items()}


def _digest(label: str, fields: list[str]) -> str:
    rows = apps.get_model(label)._default_manager.order_by().values_list(*fields)
    lines = sorted(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) for row in rows)
    return f"{len(lines)} {sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"


def tell(now: datetime, people: int) -> dict[str, str]:
    """Fill the demonstration and sum it up."""
    from lms.demo.seeding import seed_demo

    seed_demo(now=now, people=people)
    return sums()


def main(moment: str, people: str, keys: str) -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.JIQIAO_KEY_DIR = Path(keys)
    told: dict[str, Any] = tell(datetime.fromisoformat(moment), int(people))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
