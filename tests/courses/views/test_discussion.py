import re
from uuid import uuid4

import pytest
from django.core.cache import cache

from courses.enums import PostState
from courses.models import Reply, Thread
from courses.services.discussing import answer
from lms.cohorts.enums import Role
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import asked, enrolment_of, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def enrolment(client):
    enrolment = enrolment_of()
    client.force_login(enrolment.person.user)
    return enrolment


def test_a_question_is_put_once_however_often_its_form_is_sent(client, enrolment) -> None:
    url = f"/learn/{enrolment.uid}/item-1/discussion/"
    form = {
        "uid": str(uuid4()),
        "title": "中试算第几级？",
        "text": "<script>alert(1)</script> 见 https://example.org/trl",
    }
    pages = [client.post(url, form) for _ in range(2)]
    thread = Thread.objects.get()
    assert [page["Location"] for page in pages] == [f"/discussion/{thread.uid}/"] * 2
    html = client.get(f"/discussion/{thread.uid}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<a href="https://example.org/trl" rel="nofollow">https://example.org/trl</a>' in html


def test_staff_answer_hide_with_a_reason_and_come_back_to_the_queue(client, enrolment, now) -> None:
    thread = asked(enrolment, now)
    client.force_login(RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER).user)
    url = f"/discussion/{thread.uid}/"
    assert client.post(f"{url}moderate/", {"to": "hidden", "back": "queue"})["Location"] == "/base/moderation/"
    assert "请写明隐藏的理由，作者会看到。" in client.get("/base/moderation/").content.decode()
    client.post(f"{url}moderate/", {"to": "hidden", "reason": "写了电话。"})
    thread.refresh_from_db()
    assert thread.state == PostState.HIDDEN
    html = client.get(url).content.decode()
    assert re.search(r'<span class="tag tag-err">.*</svg>已被管理员隐藏</span>', html)
    assert "公开之后才能回答。" in html


def test_a_trainee_cannot_moderate_and_a_forged_answer_number_is_not_found(client, enrolment, now) -> None:
    thread = asked(enrolment, now)
    assert client.post(f"/discussion/{thread.uid}/moderate/", {"to": "hidden", "reason": "无"}).status_code == 403
    for forged in ("no-number", str(uuid4())):
        assert client.post(f"/discussion/{thread.uid}/accept/", {"reply": forged}).status_code == 404


def test_whoever_floods_is_told_to_wait_and_keeps_the_words(client, enrolment, clock, now) -> None:
    for _ in range(6):
        asked(enrolment, now)
    form = {"uid": str(uuid4()), "title": "还有一问", "text": ""}
    response = client.post(f"/learn/{enrolment.uid}/item-1/discussion/", form)
    assert response.status_code == 400
    assert "最近 10 分钟里你已经发言 6 次" in response.content.decode()
    assert 'value="还有一问"' in response.content.decode()


@pytest.mark.parametrize("many", [2, 40])
def test_a_long_discussion_takes_as_few_queries_as_a_short_one(client, many, now, django_assert_num_queries) -> None:
    course = published_course()
    first, second = enrolment_of(course=course), enrolment_of(course=course)
    thread = asked(first, now)
    rows = [
        Reply(thread=thread, author=first.person, text="答", state=PostState.PUBLISHED, at=now) for _ in range(many)
    ]
    Reply.objects.bulk_create(rows)
    answer(thread=thread, person=second.person, uid=uuid4(), text="再答", now=now)
    client.force_login(second.person.user)
    client.get("/healthz")
    cache.clear()
    with django_assert_num_queries(11):
        html = client.get(f"/discussion/{thread.uid}/").content.decode()
    assert html.count('<li id="r-') == many + 1
    cache.clear()
    with django_assert_num_queries(5):
        html = client.get(f"/learn/{second.uid}/item-1/discussion/").content.decode()
    assert f"{many + 1} 个回答" in html
