import json
from io import StringIO

import pytest
from django.core.management import call_command

from lms.credits.models import LineText
from tests.factories.credits import make_hours, make_points
from tests.factories.records import events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def erase(person: str, reason: str = "本人申请") -> tuple[int, dict]:
    out = StringIO()
    try:
        call_command("erase_words", person, "--reason", reason, "--json", stdout=out)
    except SystemExit as end:
        return int(end.code), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_words_are_erased_by_address_or_by_uid_and_the_act_is_recorded(clock) -> None:
    person = make_points(note="某某公司的合同").person
    other = make_hours(note="别人的课").person
    uid = str(person.uid)
    assert erase(person.user.email.upper()) == (0, {"person": uid, "erased": 1})
    assert erase(uid) == (0, {"person": uid, "erased": 0})
    assert erase(str(other.uid))[1]["erased"] == 1
    assert LineText.objects.count() == 0
    assert [event.actor for event in events("credits.words-erased")] == ["system:operator"] * 2


@pytest.mark.parametrize("name", ["nobody@example.org", "00000000-0000-0000-0000-000000000000", "somebody", ""])
def test_nobody_is_found_by_a_wrong_name(name: str, clock) -> None:
    code, told = erase(name)
    assert (code, told["code"]) == (1, "no-such-person")


def test_without_a_ground_nothing_is_erased(clock) -> None:
    person = make_points(note="合同").person
    code, told = erase(str(person.uid), " ")
    assert (code, told["code"], LineText.objects.count()) == (1, "erasure-needs-reason", 1)
