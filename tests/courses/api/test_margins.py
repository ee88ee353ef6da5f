import pytest

from courses.models import LessonNote
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.face, pytest.mark.django_db]

NOTES, PLACES = "/api/v1/study/notes", "/api/v1/study/places"


@pytest.fixture
def enrolment(client):
    enrolment = enrolment_of()
    client.force_login(enrolment.person.user)
    return enrolment


def post(client, url, enrolment, **more):
    body = {"enrolment": str(enrolment.uid), "item_uid": "item-1", **more}
    return client.post(url, body, content_type="application/json")


def test_a_note_is_kept_and_a_page_that_is_behind_gets_the_text_that_stands(client, enrolment, clock) -> None:
    kept = post(client, NOTES, enrolment, text="一", seen=0)
    assert (kept.status_code, kept.json()["revision"]) == (200, 1)
    clash = post(client, NOTES, enrolment, text="二", seen=0)
    assert clash.status_code == 409
    assert clash["Content-Type"] == "application/problem+json"
    assert {name: clash.json()[name] for name in ("code", "text", "revision")} == {
        "code": "note-changed",
        "text": "一",
        "revision": 1,
    }


@pytest.mark.parametrize(
    ("url", "wrong"),
    [(NOTES, {"text": "长" * 5001, "seen": 0}), (NOTES, {"text": "一"}), (PLACES, {"place": -1}), (PLACES, {})],
)
def test_what_is_too_long_or_missing_is_refused_by_name(client, enrolment, url, wrong) -> None:
    response = post(client, url, enrolment, **wrong)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    assert LessonNote.objects.count() == 0


def test_a_bookmark_is_kept_and_offered(client, enrolment) -> None:
    assert post(client, PLACES, enrolment, place=420).json()["place"] == 420
    html = client.get(f"/learn/{enrolment.uid}/item-1/").content.decode()
    assert "接着上次读，已读到 42%" in html
    assert 'data-bookmark="420"' in html
