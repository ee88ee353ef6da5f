import pytest
from django.core.cache import cache

from courses.enums import ApplicationState
from courses.models import Enrolment
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import OfferingFactory, application_of

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def application(client):
    application = application_of()
    grant = RoleGrantFactory(user=PersonFactory().user, organisation=application.organisation)
    client.force_login(grant.user)
    return application


def url_of(application) -> str:
    return f"/base/applications/{application.uid}/"


def test_a_manager_reads_opens_and_approves(client, application) -> None:
    html = client.get(url_of(application)).content.decode()
    document = application.documents.get()
    assert "工学硕士" in html
    opened = client.get(f"/applications/papers/{document.uid}/")
    assert opened.content.startswith(b"%PDF-")
    assert opened["Content-Disposition"] == 'attachment; filename="degree.pdf"'
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.filter(action="courses.document.open").count() == 1
    assert client.post(url_of(application), {"action": "approve"})["Location"] == url_of(application)
    application.refresh_from_db()
    assert (application.state, Enrolment.objects.get().offering) == (ApplicationState.APPROVED, application.offering)
    second = client.post(url_of(application), {"action": "approve"})
    assert (second.status_code, "这份申请已经有了结果" in second.content.decode()) == (409, True)


def test_sending_back_and_refusing_need_a_reason(client, application) -> None:
    assert client.post(url_of(application), {"action": "return", "reason": " "}).status_code == 400
    client.post(url_of(application), {"action": "return", "reason": "缺第二页"})
    application.refresh_from_db()
    assert (application.state, application.last_reason) == (ApplicationState.RETURNED, "缺第二页")
    assert client.post(url_of(application), {"action": "nonsense"}).status_code == 400


def test_an_own_application_is_shown_and_not_decided(client) -> None:
    application = application_of()
    RoleGrantFactory(user=application.person.user, organisation=application.organisation)
    client.force_login(application.person.user)
    html = client.get(url_of(application)).content.decode()
    assert "这是你本人的申请" in html
    assert 'value="approve"' not in html
    assert client.post(url_of(application), {"action": "approve"}).status_code == 403


def test_a_shredded_document_is_gone_and_its_line_stays(client, application) -> None:
    document = application.documents.get()
    document.file.delete()
    assert client.get(f"/applications/papers/{document.uid}/").status_code == 404
    assert "已销毁，只保留这一条记录" in client.get(url_of(application)).content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_queue_takes_the_same_queries_for_few_and_many(
    client, application, count, django_assert_num_queries
) -> None:
    for _ in range(count):
        application_of(offering=application.offering)
    client.get("/base/applications/")
    cache.clear()
    with django_assert_num_queries(7):
        html = client.get("/base/applications/?state=submitted").content.decode()
    assert html.count('<th scope="row">') == count + 1


def test_what_waits_is_counted_on_the_desk(client, application) -> None:
    OfferingFactory(course=application.offering.course)
    html = client.get("/desk/").content.decode()
    rail = html.split('href="/base/applications/"')[1]
    assert "1" in rail.split("</a>")[0]
