from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from PIL import Image

from courses.enums import EnrolmentState, ItemState
from courses.models import ItemProgress, Lesson, StudyCorrection
from courses.services.corrections import (
    CorrectionSaysNothing,
    MayNotCorrect,
    NothingToCorrect,
    PresenceOpen,
    correct_study,
)
from courses.services.publishing import freeze_version
from courses.services.rebuilding import check_progress
from courses.services.versions import answer_version
from lms.cohorts.enums import Role
from lms.credits.selectors.statement import statement
from lms.mailing.models import Notice
from lms.records.models import AuditEvent
from lms.records.services.papers import PaperOfWrongKind
from lms.schemes.enums import ModuleCode
from tests.courses.study import claim, lease_for, lease_until_asked, study_item
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def enrolment():
    return enrolment_of()


@pytest.fixture
def manager(enrolment):
    return RoleGrantFactory(organisation=enrolment.organisation, role=Role.BASE_MANAGER).user


def picture() -> bytes:
    file = ContentFile(b"")
    Image.new("RGB", (8, 8), "white").save(file, "PNG")
    return file.file.getvalue()


def correct(enrolment, by, minutes, now, **more) -> StudyCorrection:
    given = {"item_uid": "item-1", "reason": "断电时在教室学习", "evidence_name": "签到.png", "evidence": picture()}
    return correct_study(enrolment=enrolment, minutes=minutes, corrected_by=by, now=now, **{**given, **more})


def test_minutes_that_are_given_fill_what_is_missing_and_complete_the_lesson(enrolment, manager, now) -> None:
    claim(lease_for(enrolment, now), 0, 30, 60, now + timedelta(seconds=30))
    given = correct(enrolment, manager, 2, now + timedelta(hours=1))
    assert given.parts == [[0, 30], [60, 120]]
    assert ItemProgress.objects.get().state == ItemState.COMPLETE
    assert statement(enrolment.person_id).minutes_total == 2
    assert given.evidence.sha256 == given.evidence_sha256
    assert AuditEvent.objects.filter(action="courses.study-corrected", actor=f"user:{manager.pk}").count() == 1
    assert check_progress() == []


def test_minutes_taken_back_reverse_the_hours_and_may_be_studied_and_posted_again(enrolment, manager, now) -> None:
    done = study_item(enrolment, "item-2", 120, study_item(enrolment, "item-1", 120, now))
    correct(enrolment, manager, -1, done)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.progress.done) == (EnrolmentState.ACTIVE, 1)
    assert ItemProgress.objects.get(item_uid="item-1").covered == [[0, 60]]
    assert statement(enrolment.person_id).minutes_total == 2
    assert check_progress() == []
    later = done + timedelta(hours=1)
    claim(lease_for(enrolment, later), 0, 60, 120, later + timedelta(seconds=60))
    enrolment.refresh_from_db()
    assert (enrolment.state, statement(enrolment.person_id).minutes_total) == (EnrolmentState.COMPLETED, 4)
    facts = enrolment.person.facts.filter(kind="course").order_by("pk").values_list("value", flat=True)
    assert [int(value) for value in facts] == [1, -1, 1]
    assert check_progress() == []


def test_the_person_is_told_what_was_corrected_and_why(enrolment, manager, now) -> None:
    correct(enrolment, manager, 1, now)
    notice = Notice.objects.get(user_id=enrolment.person.user_id, kind="study-corrected")
    assert (notice.context["minutes"], notice.context["reason"]) == ("+1", "断电时在教室学习")


@pytest.mark.parametrize("minutes", [0, 3, -1])
def test_no_more_is_given_or_taken_than_there_is(enrolment, manager, now, minutes) -> None:
    with pytest.raises(NothingToCorrect):
        correct(enrolment, manager, minutes, now)
    assert StudyCorrection.objects.count() == 0


def test_a_correction_needs_a_reason_and_evidence_that_is_a_document(enrolment, manager, now) -> None:
    with pytest.raises(CorrectionSaysNothing):
        correct(enrolment, manager, 1, now, reason="  ")
    with pytest.raises(PaperOfWrongKind):
        correct(enrolment, manager, 1, now, evidence=b"<svg onload='alert(1)'/>")
    assert StudyCorrection.objects.count() == 0


def test_nobody_corrects_from_another_base_or_as_a_trainer_or_for_themselves(enrolment, now) -> None:
    trainer = RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER).user
    elsewhere = RoleGrantFactory(role=Role.BASE_MANAGER).user
    own = RoleGrantFactory(organisation=enrolment.organisation, role=Role.BASE_MANAGER, user=enrolment.person.user).user
    for user in (trainer, elsewhere, own):
        with pytest.raises(MayNotCorrect):
            correct(enrolment, user, 1, now)


def test_what_waits_for_an_answer_is_decided_first(now, monkeypatch) -> None:
    monkeypatch.setattr("courses.services.challenges.draw", lambda *_of: timedelta(seconds=30))
    enrolment = enrolment_of(course=published_course(minutes=30))
    manager = RoleGrantFactory(organisation=enrolment.organisation, role=Role.BASE_MANAGER).user
    lease, due = lease_until_asked(enrolment, now)
    claim(lease, 0, 0, 60, due + timedelta(seconds=20))
    with pytest.raises(PresenceOpen):
        correct(enrolment, manager, 1, due + timedelta(minutes=1))


def test_evidence_may_be_shredded_and_nothing_else_of_a_correction_changes(enrolment, manager, now) -> None:
    given = correct(enrolment, manager, 1, now)
    given.evidence.delete()
    given.refresh_from_db()
    assert (given.evidence, len(given.evidence_sha256)) == (None, 64)
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        StudyCorrection.objects.update(minutes=2)


def test_a_lesson_kept_complete_through_an_update_gives_back_and_posts_the_minutes_it_was_complete_with(
    enrolment, manager, now
) -> None:
    done = study_item(enrolment, "item-1", 120, now)
    Lesson.objects.filter(course=enrolment.course, item_uid="item-1").update(
        minutes=5, module=ModuleCode.PRACTICAL_SKILLS
    )
    freeze_version(page=enrolment.course.page, now=done)
    answer_version(enrolment=enrolment, before=1, after=2, accepted=True, actor="test", now=done)
    correct(enrolment, manager, -1, done)
    assert statement(enrolment.person_id).minutes_total == 0
    later = done + timedelta(hours=1)
    lease = lease_for(enrolment, later)
    assert lease.declared_s == 120
    claim(lease, 0, 60, 120, later + timedelta(seconds=60))
    assert statement(enrolment.person_id).minutes_total == 2
    assert check_progress() == []
