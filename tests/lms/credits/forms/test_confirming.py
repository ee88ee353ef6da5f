from datetime import date
from uuid import UUID

import pytest

from lms.credits.forms.confirming import ConfirmForm, EntryForm, read_chosen
from lms.credits.selectors.rules import shipped_table

pytestmark = pytest.mark.unit
TABLE = shipped_table("2026-2")
ONE = "8f9a0f52-6d0b-4f5d-9b0a-4f8f1a2b3c4d"


def test_what_an_organisation_writes_as_a_hint_is_no_markup() -> None:
    rule = TABLE.rule("teaching")
    field = rule.fields[0].model_copy(update={"hint": '<img src=x onerror="a()">', "hint_en": ""})
    form = EntryForm(rule=rule.model_copy(update={"fields": (field,)}), today=date(2026, 11, 22))
    assert form.fields[f"said_{field.name}"].help_text == "&lt;img src=x onerror=&quot;a()&quot;&gt;"


def test_a_level_is_chosen_unless_there_is_only_one() -> None:
    rule = TABLE.rule("contract-registered")
    free, bound = ConfirmForm(rule=rule), ConfirmForm(rule=TABLE.rule("teaching"))
    levels = [level for level, _words in free.fields["verification"].choices]
    assert levels == ["organisation-confirmed", "document-checked", "registry-matched"]
    assert (free.initial, bound.initial) == ({}, {"verification": "organisation-confirmed"})


def test_ticks_that_make_no_sense_are_left_out() -> None:
    ticked = [ONE, f"{ONE}:7", "nonsense", f"{ONE}:x", ":", ""]
    assert read_chosen(ticked) == {UUID(ONE): 7}
    assert read_chosen([f"{UUID(int=number)}" for number in range(80)]).keys() == {UUID(int=n) for n in range(50)}
