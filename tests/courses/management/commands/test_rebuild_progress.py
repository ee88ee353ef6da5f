import json
from io import StringIO

import pytest
from django.core.management import call_command

from courses.models import EnrolmentProgress
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def run(*options: str) -> tuple[int, dict]:
    out, code = StringIO(), 0
    try:
        call_command("rebuild_progress", "--json", *options, stdout=out)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


def test_checking_tells_what_differs_and_changes_nothing() -> None:
    enrolment = enrolment_of()
    EnrolmentProgress.objects.update(percent=50)
    difference = {"enrolment": str(enrolment.uid), "item_uid": "", "field": "percent", "stored": 50, "rebuilt": 0}
    assert run("--check") == (1, {"ok": False, "differences": [difference]})
    assert EnrolmentProgress.objects.get().percent == 50


def test_rebuilding_puts_right_and_then_nothing_differs() -> None:
    enrolment_of()
    EnrolmentProgress.objects.update(percent=50)
    code, told = run()
    assert (code, told["ok"], len(told["differences"])) == (0, True, 1)
    assert run("--check") == (0, {"ok": True, "differences": []})
