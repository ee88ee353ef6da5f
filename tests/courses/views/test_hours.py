from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import StudyCorrection
from lms.cohorts.enums import Role
from tests.courses.services.test_corrections import picture
from tests.courses.study import answer, claim, lease_for, lease_until_asked
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course

QUERIES = 8

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def enrolment(client, monkeypatch):
    monkeypatch.setattr("courses.services.challenges.draw", lambda *_of: timedelta(seconds=40))
    enrolment = enrolment_of(course=published_course(minutes=10))
    client.force_login(enrolment.person.user)
    return enrolment


def test_every_second_is_told_with_its_reason(client, enrolment, now) -> None:
    lease, due = lease_until_asked(enrolment, now)
    claim(lease, 0, 0, 60, due + timedelta(seconds=20))
    answer(lease, due + timedelta(seconds=200))
    following = lease_for(enrolment, due + timedelta(seconds=210), "item-2")
    claim(following, 0, 0, 45, due + timedelta(seconds=240))
    page = client.get(f"/learn/{enrolment.uid}/hours/").content.decode()
    assert "00:40 / 10:00" in page
    assert "00:20 · “还在学吗”没有按时回答，这一段没有计入。重学这一段即可计入。" in page
    assert "00:30 / 10:00" in page
    assert "其中 00:15 为重复或提前上报，只计一次。" in page
    assert "每天最多计 6 小时" in page


def test_the_page_takes_the_same_queries_for_one_claim_and_for_many(
    client, enrolment, now, django_assert_num_queries
) -> None:
    lease = lease_for(enrolment, now)
    claim(lease, 0, 0, 2, now + timedelta(seconds=60))
    cache.clear()
    with django_assert_num_queries(QUERIES):
        client.get(f"/learn/{enrolment.uid}/hours/")
    for seq in range(1, 20):
        claim(lease, seq, seq * 2, seq * 2 + 2, now + timedelta(seconds=60))
    cache.clear()
    with django_assert_num_queries(QUERIES):
        client.get(f"/learn/{enrolment.uid}/hours/")


def test_a_manager_corrects_with_evidence_and_is_answered_in_words(client, enrolment, now) -> None:
    client.force_login(RoleGrantFactory(organisation=enrolment.organisation, role=Role.BASE_MANAGER).user)
    place = f"/base/hours/{enrolment.uid}/"
    given = {"item_uid": "item-1", "minutes": 11, "reason": "断电"}
    refused = client.post(place, {**given, "evidence": SimpleUploadedFile("a.png", picture())})
    assert refused.status_code == 400
    assert "这里可更正的范围是 0 到 10 分钟" in refused.content.decode()
    done = client.post(place, {**given, "minutes": 4, "evidence": SimpleUploadedFile("a.png", picture())}, follow=True)
    assert "学习时间已更正，并已通知学员。" in done.content.decode()
    assert StudyCorrection.objects.get().minutes == 4
