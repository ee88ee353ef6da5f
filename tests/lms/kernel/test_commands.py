import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput
from lms.kernel.refusals import Refusal

pytestmark = pytest.mark.unit


class Speaking(ContractCommand):
    """A command that says what the test wants."""

    answer: Outcome | Refusal = Outcome({"rows": 3}, ["3 rows"])

    def carry_out(self, **options: Any) -> Outcome:
        if isinstance(self.answer, Refusal):
            raise self.answer
        return self.answer


class NoSuchCohort(Refusal):
    code = "no-such-cohort"
    message = "There is no cohort %(code)s."


def run(answer: Outcome | Refusal, *words: str) -> tuple[int, str]:
    command, out = Speaking(stdout=StringIO()), StringIO()
    command.answer = answer
    try:
        call_command(command, *words, stdout=out)
    except SystemExit as leaving:
        return int(leaving.code), out.getvalue()
    return 0, out.getvalue()


def test_people_read_lines() -> None:
    assert run(Outcome({"rows": 3}, ["3 rows"])) == (0, "3 rows\n")


def test_machines_read_one_json_document() -> None:
    code, text = run(Outcome({"rows": 3}, ["3 rows"]), "--json")
    assert (code, json.loads(text)) == (0, {"rows": 3})


def test_an_answer_that_is_not_ok_leaves_with_one() -> None:
    assert run(Outcome({"ok": False}, ["broken"], ok=False))[0] == 1


def test_a_refusal_leaves_with_one_and_says_why() -> None:
    code, text = run(NoSuchCohort(code="2026-9"), "--json")
    assert (code, json.loads(text)) == (1, {"code": "no-such-cohort", "detail": "There is no cohort 2026-9."})


def test_input_that_cannot_be_read_leaves_with_two() -> None:
    assert run(UnreadableInput())[0] == 2
