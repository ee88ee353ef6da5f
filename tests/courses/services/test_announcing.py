from dataclasses import replace
from uuid import uuid4

import pytest

from courses.enums import EnrolmentState
from courses.models import Announcement
from courses.selectors.announcements import audiences_of, told_to
from courses.services.announcing import NobodyListens, NotYoursToAnnounce, send_announcement
from courses.services.enrolling import move
from lms.cohorts.enums import Role
from lms.mailing.selectors.notices import notices_of
from tests.factories.cohorts import CohortFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]
WORDS = {"title": "周六改在二号楼", "text": "九点开始。"}


@pytest.fixture
def course():
    return published_course()


@pytest.fixture
def trainer(course):
    return RoleGrantFactory(organisation=course.organisation, role=Role.TRAINER).user


def heard(person) -> list[str]:
    return [notice.context["title"] for notice in notices_of(person.user) if notice.kind == "announced"]


def test_everybody_who_studies_there_is_told_once(course, trainer, now) -> None:
    listening, gone, elsewhere = enrolment_of(course=course), enrolment_of(course=course), enrolment_of()
    move(enrolment=gone, to=EnrolmentState.WITHDRAWN, actor="test", reason="", now=now)
    (audience,) = audiences_of(trainer)
    assert audience.people == 1
    uid = uuid4()
    for _ in range(2):
        send_announcement(uid=uid, audience=audience, user=trainer, now=now, **WORDS)
    assert Announcement.objects.count() == 1
    assert [heard(each.person) for each in (listening, gone, elsewhere)] == [["周六改在二号楼"], [], []]
    assert [list(told_to(each.person.user)) for each in (listening, gone)] == [[Announcement.objects.get()], []]


def test_a_cohort_is_told_alone(course, trainer, now) -> None:
    cohort = CohortFactory(organisation=course.organisation)
    inside, outside = enrolment_of(course=course), enrolment_of(course=course)
    inside.cohort = cohort
    inside.save()
    everybody, one_class = sorted(audiences_of(trainer), key=lambda each: each.cohort_id or 0)
    assert (everybody.people, one_class.people) == (2, 1)
    send_announcement(uid=uuid4(), audience=one_class, user=trainer, now=now, **WORDS)
    assert (heard(inside.person), heard(outside.person)) == (["周六改在二号楼"], [])
    assert [told_to(each.person.user).count() for each in (inside, outside)] == [1, 0]


def test_a_base_speaks_for_itself_and_to_somebody(course, trainer, now) -> None:
    enrolment = enrolment_of(course=course)
    (audience,) = audiences_of(trainer)
    stranger = RoleGrantFactory(role=Role.TRAINER).user
    assert audiences_of(stranger) == []
    with pytest.raises(NotYoursToAnnounce):
        send_announcement(uid=uuid4(), audience=audience, user=stranger, now=now, **WORDS)
    nobody = replace(audience, course_id=published_course().pk)
    with pytest.raises(NobodyListens):
        send_announcement(uid=uuid4(), audience=nobody, user=trainer, now=now, **WORDS)
    assert heard(enrolment.person) == []
