"""What the database itself keeps of corrections and appeals."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lms.exams.enums import AppealState, RegradeState
from lms.exams.models import Appeal, Regrade, RegradeLine
from lms.exams.services.appealing import decide, file_appeal
from tests.conftest import NOON
from tests.factories.results import make_exam, make_manager, proposed_key, sat

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def regrade() -> Regrade:
    exam = make_exam()
    return proposed_key(sat(exam), 1, make_manager(exam))


def test_nobody_is_both_who_prepared_and_who_decided(regrade: Regrade) -> None:
    with pytest.raises(IntegrityError, match="exams_regrade_two_people"), transaction.atomic():
        Regrade.objects.filter(pk=regrade.pk).update(
            state=RegradeState.APPROVED, decided_by=regrade.prepared_by, decided_at=NOON
        )


@pytest.mark.parametrize("change", [{"reason": "另一个理由"}, {"proposal": {"schema": 1}}, {"version": None}])
def test_what_was_proposed_stands(regrade: Regrade, change: dict) -> None:
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Regrade.objects.filter(pk=regrade.pk).update(**change)


def test_the_dry_run_stands(regrade: Regrade) -> None:
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        RegradeLine.objects.update(points_after=0)


def test_a_decided_appeal_stands() -> None:
    attempt = sat(slots=3)
    appeal = file_appeal(attempt=attempt, filed_by=attempt.seat.person.user, grounds="第 4 题", slots=[4], now=NOON)
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Appeal.objects.update(grounds="别的")
    decide(appeal=appeal, decided_by=make_manager(attempt.seat.exam), upheld=False, explanation="复核", now=NOON)
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Appeal.objects.update(state=AppealState.UPHELD)
