import json
from io import StringIO

import pytest
from django.core.management import call_command

from lms.credits.models import CreditRules
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def publish() -> tuple[int, dict]:
    out = StringIO()
    try:
        call_command("publish_credit_rules", "--json", stdout=out)
    except SystemExit as end:
        return int(end.code), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_shipped_versions_are_laid_down_and_stay():
    SchemeFactory()
    first, again = publish(), publish()
    assert first == again
    assert (first[0], [each["version"] for each in first[1]["versions"]]) == (0, ["2026.1", "2026.2"])
    assert CreditRules.objects.count() == 2


def test_without_a_scheme_the_command_says_no():
    code, answer = publish()
    assert (code, answer["versions"]) == (1, [])
