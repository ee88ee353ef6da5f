import pytest

from courses.models import LessonNote
from courses.services.margins import write_note
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def enrolment(client):
    enrolment = enrolment_of()
    client.force_login(enrolment.person.user)
    return enrolment


def test_without_script_a_clash_shows_both_texts_and_the_next_post_decides(client, enrolment, now) -> None:
    url = f"/learn/{enrolment.uid}/item-1/notes/"
    write_note(enrolment=enrolment, item_uid="item-1", text="先写的", seen=0, now=now)
    response = client.post(url, {"seen": "0", "text": "后写的"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "先写的" in html
    assert "后写的" in html
    assert '<input type="hidden" name="seen" value="1"' in html
    assert client.post(url, {"seen": "1", "text": "先写的，后写的"})["Location"] == f"/learn/{enrolment.uid}/item-1/"
    assert LessonNote.objects.get().text == "先写的，后写的"
