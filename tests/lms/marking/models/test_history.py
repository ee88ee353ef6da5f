import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lms.marking.models import Allocation, Mark, Outcome, RubricVersion, Script, Seal
from lms.marking.services.scripts import seal
from tests.factories.marking import FULL, make_marker, make_round, make_script, mark_script

pytestmark = [pytest.mark.db, pytest.mark.django_db]

FROZEN = [RubricVersion, Script, Mark, Outcome, Seal]


@pytest.fixture
def marked(now) -> Script:
    round_ = make_round(markers_per_script=1)
    user = make_marker(round_)
    script = make_script(round_)
    mark_script(script, user, FULL)
    seal(sources=[script.source], now=now)
    return script


@pytest.mark.parametrize("model", FROZEN)
def test_history_is_neither_edited_nor_deleted(model, marked: Script) -> None:
    row = model.objects.get()
    field = next(each for each in row._meta.fields if not each.primary_key)
    for change in (
        lambda: model.objects.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)}),
        lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
            change()
    assert model.objects.count() == 1


def test_points_stay_within_the_rubric_whoever_writes_them(marked: Script, now) -> None:
    row = Mark.objects.get()
    for points in ("-0.01", "20.01"):
        with pytest.raises(IntegrityError, match="marking_mark_within_rubric"), transaction.atomic():
            Mark.objects.create(
                allocation=row.allocation, seq=9, criteria={}, points=points, max_points=row.max_points, at=now
            )


def test_a_decision_without_a_person_or_a_reason_is_none(marked: Script, now) -> None:
    with pytest.raises(IntegrityError, match="marking_decision_has_person_and_reason"), transaction.atomic():
        Outcome.objects.create(
            script=marked, seq=2, rule="decided", points=1, max_points=20, marks=[], reason="", decided_by="", at=now
        )


def test_a_place_of_a_script_has_one_holder(marked: Script, now) -> None:
    round_ = marked.round
    other = round_.markers.create(user=make_marker(make_round()), joined_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.create(script=marked, marker=other, place=1, given_at=now)
