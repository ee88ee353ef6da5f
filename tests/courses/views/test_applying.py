import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.enums import ApplicationState, OfferingState
from courses.models import Application, Enrolment
from courses.services.reviewing import return_application
from courses.views.uploads import LARGEST_REQUEST
from lms.records.services.papers import MAX_BYTES
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import OfferingFactory, application_of, paper, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def upload(content: bytes | None = None, name: str = "degree.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, paper().content if content is None else content, "application/pdf")


def address(offering) -> str:
    return f"/courses/{offering.course.code}/apply/{offering.uid}/"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person.user)
    return person


def test_choosing_a_free_offering_enrols_in_it(client, person) -> None:
    offering = OfferingFactory(seats=3)
    url = f"/courses/{offering.course.code}/enrol/"
    assert "3 个名额，还剩 3 个" in client.get(url).content.decode()
    response = client.post(url, {"offering": offering.uid})
    enrolment = Enrolment.objects.get()
    assert (enrolment.offering, response["Location"]) == (offering, f"/learn/{enrolment.uid}/")
    assert client.post(url, {"offering": offering.uid})["Location"] == f"/learn/{enrolment.uid}/"


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"state": OfferingState.CLOSED}, 409, "已停止报名"),
        ({"state": OfferingState.PLANNED}, 404, "没有这次开班"),
        ({"course__code": "another"}, 404, "没有这次开班"),
    ],
)
def test_an_edited_form_gets_a_clear_answer(client, person, fields, status, said) -> None:
    course = published_course(code="asked")
    another = published_course(code="another") if "course__code" in fields else course
    offering = OfferingFactory(course=another, state=fields.get("state", OfferingState.OPEN))
    OfferingFactory(course=course)
    for uid in (offering.uid, "nonsense") if status == 404 else (offering.uid,):
        response = client.post("/courses/asked/enrol/", {"offering": uid})
        assert response.status_code == status
        assert said in response.content.decode()
    assert not Enrolment.objects.exists()


def test_a_full_offering_is_told_on_the_page_of_the_choice(client, person) -> None:
    offering = OfferingFactory(seats=1)
    Enrolment.objects.create(
        person=PersonFactory(),
        course=offering.course,
        course_version=offering.course.current_version,
        organisation=offering.organisation,
        offering=offering,
        enrolled_at=offering.created_at,
    )
    response = client.post(f"/courses/{offering.course.code}/enrol/", {"offering": offering.uid})
    assert response.status_code == 409
    assert "的最后一个名额刚被占用" in response.content.decode()


def test_an_offering_with_documents_leads_to_its_application_and_that_to_the_desk(client, person) -> None:
    offering = OfferingFactory(documents=["degree"])
    response = client.post(f"/courses/{offering.course.code}/enrol/", {"offering": offering.uid})
    assert response["Location"] == address(offering)
    sent = client.post(address(offering), {"degree": "硕士", "years": "3", "document_degree": upload()})
    application = Application.objects.get()
    assert sent["Location"] == f"/me/applications/{application.uid}/"
    assert application.statement == {"degree": "硕士", "years": 3}
    assert client.get(address(offering))["Location"] == sent["Location"]
    assert "培训基地正在审核你的申请" in client.get(sent["Location"]).content.decode()
    assert offering.local_title in client.get("/me/applications/").content.decode()


def test_a_bad_file_loses_neither_words_nor_good_files(client, person) -> None:
    offering = OfferingFactory(documents=["degree"])
    files = [upload(name="good.pdf"), upload(b"<svg onload='alert(1)'/>", "bad.pdf"), upload(b"", "empty.pdf")]
    response = client.post(address(offering), {"degree": "硕士<b>", "years": "3", "document_degree": files})
    html = response.content.decode()
    assert response.status_code == 400
    assert "“bad.pdf”不是 PDF、JPEG 或 PNG 文件" in html
    assert "“empty.pdf”是空文件" in html
    assert 'value="硕士&lt;b&gt;"' in html
    assert "good.pdf" in html
    assert not Application.objects.exists()
    client.post(address(offering), {"degree": "硕士", "years": "3"})
    assert [row.name for row in Application.objects.get().documents.all()] == ["good.pdf"]


def test_a_file_that_was_kept_can_be_taken_out_without_losing_a_word(client, person) -> None:
    offering = OfferingFactory(documents=["degree", "years"])
    said = {"degree": "硕士", "years": "3"}
    html = client.post(address(offering), {**said, "document_degree": upload(name="wrong.pdf")}).content.decode()
    number = html.split('name="drop" value="')[1].split('"')[0]
    after = client.post(address(offering), {**said, "drop": number})
    assert (after.status_code, "wrong.pdf" in after.content.decode()) == (200, False)
    assert 'value="硕士"' in after.content.decode()


def test_a_file_over_ten_megabytes_is_named(client, person) -> None:
    offering = OfferingFactory(documents=["degree"])
    large = upload(b"%PDF-" + b"0" * MAX_BYTES, "large.pdf")
    response = client.post(address(offering), {"degree": "硕士", "years": "3", "document_degree": large})
    assert "“large.pdf”超过 10 MB" in response.content.decode()


def test_a_request_that_no_form_makes_is_answered_before_it_is_read(client, person) -> None:
    offering = OfferingFactory(documents=["degree"])
    form = "multipart/form-data; boundary=x"
    large = client.post(address(offering), b"", content_type=form, CONTENT_LENGTH=str(LARGEST_REQUEST + 1))
    assert (large.status_code, "全部文件合计超过 61 MB，没有接收。" in large.content.decode()) == (413, True)
    assert client.post(address(offering), b"", content_type=form, CONTENT_LENGTH=str(2 * 1024**3)).status_code == 413


def test_the_token_of_the_form_is_still_asked_for(person, client) -> None:
    offering = OfferingFactory(documents=["degree"])
    client.handler.enforce_csrf_checks = True
    assert client.post(address(offering), {"degree": "硕士"}).status_code == 403


def test_what_came_back_is_completed_on_its_page_and_withdrawn_there(client, person, now) -> None:
    application = application_of(person)
    manager = RoleGrantFactory(organisation=application.organisation).user
    return_application(application=application, decided_by=manager, reason="学位证看不清", now=now)
    url = f"/me/applications/{application.uid}/"
    html = client.get(url).content.decode()
    assert "还缺：学位证看不清" in html
    assert 'value="工学硕士"' in html
    client.post(url, {"send": "1", "degree": "工学硕士", "years": "4", "document_degree": upload(name="clear.pdf")})
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    client.post(url, {"withdraw": "1"})
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert client.post(url, {"withdraw": "1"}, follow=True).status_code == 200


def test_somebody_elses_application_is_not_there(client, person) -> None:
    assert client.get(f"/me/applications/{application_of().uid}/").status_code == 404
