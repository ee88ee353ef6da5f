import json
from io import StringIO

import pytest
from django.core.management import call_command

from cms.foundation.services import checking
from cms.foundation.services.checking import Fault, register_check

pytestmark = pytest.mark.unit

BROKEN = Fault("b.yaml", "broken", "This is broken.")


@pytest.fixture
def one_more(monkeypatch):
    monkeypatch.setattr(checking, "_checks", dict(checking._checks))
    register_check("more")(lambda: [BROKEN, Fault("a.yaml", "broken", "This too.")])


def told(*names: str) -> tuple[object, int]:
    out = StringIO()
    try:
        call_command("check_content", *names, "--json", stdout=out)
    except SystemExit as ended:
        return json.loads(out.getvalue()), ended.code
    return json.loads(out.getvalue()), 0


def test_everything_that_is_registered_is_looked_through_and_nothing_is_wrong() -> None:
    assert {"lessons", "site"} <= set(checking.check_names())
    assert told() == ([], 0)


def test_what_is_wrong_is_told_in_the_order_of_files_with_exit_1(one_more) -> None:
    assert told("more") == (
        [
            {"where": "a.yaml", "code": "broken", "message": "This too."},
            {"where": "b.yaml", "code": "broken", "message": "This is broken."},
        ],
        1,
    )
