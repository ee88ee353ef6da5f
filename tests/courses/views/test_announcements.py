import re
from uuid import uuid4

import pytest

from courses.models import Announcement
from lms.cohorts.enums import Role
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.face, pytest.mark.django_db]
URL = "/base/announcements/"


@pytest.fixture
def enrolment(client):
    enrolment = enrolment_of()
    client.force_login(RoleGrantFactory(organisation=enrolment.organisation, role=Role.BASE_MANAGER).user)
    return enrolment


def form_for(enrolment, **more) -> dict[str, str]:
    audience = f"{enrolment.course_id}.{enrolment.organisation_id}."
    return {"uid": str(uuid4()), "audience": audience, "title": "周六改在二号楼", "text": "九点开始。", **more}


def test_nothing_is_told_before_it_was_looked_at_with_the_number_of_people(client, enrolment) -> None:
    form = form_for(enrolment)
    preview = client.post(URL, {**form, "step": "preview"}).content.decode()
    assert "将通知 1 人，发出后不能撤回。" in preview
    assert re.search(r'<input type="hidden" name="title" value="周六改在二号楼"', preview)
    assert Announcement.objects.count() == 0
    edit = client.post(URL, {**form, "step": "edit"}).content.decode()
    assert 'value="周六改在二号楼"' in edit
    for _ in range(2):
        assert client.post(URL, {**form, "step": "send"})["Location"] == URL
    assert Announcement.objects.count() == 1
    client.force_login(enrolment.person.user)
    told = Announcement.objects.get()
    html = client.get("/me/announcements/").content.decode()
    assert f'<article id="a-{told.uid}">' in html
    assert "周六改在二号楼" in client.get("/me/notices/").content.decode()


def test_an_audience_of_another_base_is_no_choice(client, enrolment) -> None:
    response = client.post(URL, form_for(enrolment_of(), step="send"))
    assert response.status_code == 400
    assert Announcement.objects.count() == 0
