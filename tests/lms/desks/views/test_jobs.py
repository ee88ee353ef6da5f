import pytest
from django.test import Client

from lms.jobs.models import Job
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def operator(clock) -> Client:
    """Somebody who runs the platform."""
    client = Client()
    client.force_login(PersonFactory(user__is_staff=True, user__is_superuser=True).user)
    return client


def _retry(client: Client, number: int) -> str:
    response = client.post(f"/desk/jobs/{number}/retry/", follow=True)
    assert response.redirect_chain == [("/desk/", 302)]
    return response.text


def test_failed_work_is_started_again_from_the_desk(operator, now) -> None:
    failed = JobFactory(state="failed", ended_at=now, error="SMTP 421")
    assert "SMTP 421" in operator.get("/desk/").text
    page = _retry(operator, failed.pk)
    assert "“jobs.forget-ended”已重新排队。" in page
    assert "没有失败的后台任务" in page
    assert Job.objects.get(pk=failed.pk).state == "queued"


def test_a_second_click_is_told_that_nothing_failed(operator, now) -> None:
    failed = JobFactory(state="failed", ended_at=now)
    _retry(operator, failed.pk)
    assert "这项任务没有失败，不需要重新启动。" in _retry(operator, failed.pk)


def test_work_that_does_not_exist_is_not_found(operator) -> None:
    assert operator.post("/desk/jobs/404/retry/").status_code == 404


def test_looking_does_not_start_anything(operator, now) -> None:
    failed = JobFactory(state="failed", ended_at=now)
    assert operator.get(f"/desk/jobs/{failed.pk}/retry/").status_code == 405


def test_an_editor_neither_sees_nor_starts_background_work(clock, now) -> None:
    failed = JobFactory(state="failed", ended_at=now, error="SMTP 421")
    client = Client()
    client.force_login(UserFactory(is_staff=True))
    assert "SMTP 421" not in client.get("/desk/").text
    assert client.post(f"/desk/jobs/{failed.pk}/retry/").status_code == 403
    assert Job.objects.get(pk=failed.pk).state == "failed"
