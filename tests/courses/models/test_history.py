import pytest
from django.db import DatabaseError, IntegrityError, transaction

from courses.models import (
    CourseVersion,
    Enrolment,
    EnrolmentEvent,
    ItemProgress,
    PresenceAnswer,
    StudyCorrection,
    StudyInterval,
    StudyLease,
    StudySettlement,
)
from tests.courses.study import claim, lease_for
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def studied(now):
    enrolment = enrolment_of()
    claim(lease_for(enrolment, now), 0, 0, 5, now.replace(minute=1))
    StudySettlement.objects.create(interval=StudyInterval.objects.get(), parts=[], accepted_s=0, at=now)
    PresenceAnswer.objects.create(person=enrolment.person, challenge_no=1, answered_at=now, in_time=True)
    StudyCorrection.objects.create(
        enrolment=enrolment, item_uid="item-1", minutes=1, parts=[[5, 65]], reason="停电", at=now
    )
    return enrolment


@pytest.mark.parametrize(
    "model",
    [
        CourseVersion,
        EnrolmentEvent,
        StudyLease,
        StudyInterval,
        StudySettlement,
        PresenceAnswer,
        StudyCorrection,
    ],
)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_history_is_neither_edited_nor_deleted(studied, model, verb) -> None:
    rows = model.objects.all()
    assert rows.exists()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        rows.update(**{rows.model._meta.pk.attname: 999}) if verb == "update" else rows._raw_delete(rows.db)


def test_a_person_has_one_live_enrolment_in_a_course(studied, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            person=studied.person,
            course=studied.course,
            course_version=studied.course_version,
            organisation=studied.organisation,
            enrolled_at=now,
        )


def test_a_person_uses_a_lease_number_once(studied, now) -> None:
    lease = StudyLease.objects.get()
    lease.pk, lease.uid = None, "00000000-0000-0000-0000-000000000001"
    with pytest.raises(IntegrityError), transaction.atomic():
        lease.save(force_insert=True)


def test_no_item_is_credited_beyond_its_declared_minutes(studied) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemProgress.objects.update(covered_s=121)
