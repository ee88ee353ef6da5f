from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from lms.mailing.enums import NoticeKind
from lms.mailing.models import Message, NotificationPreference
from lms.mailing.selectors.notices import notices_of, unread_count
from lms.mailing.services.announcing import announce
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.mailing import TOLD, NoticeFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def reader(clock):
    return PersonFactory().user


@pytest.fixture
def visit(reader) -> Client:
    client = Client()
    client.force_login(reader)
    return client


def tell(user, kind: NoticeKind = NoticeKind.ENROLLED, **fields: object):
    return NoticeFactory(user_id=user.pk, kind=kind, context=TOLD[kind], **fields)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_page_costs_the_same_with_few_and_with_many(number: int, reader, now, django_assert_num_queries) -> None:
    other = PersonFactory().user
    for user in (reader, other):
        NoticeFactory.create_batch(number, user_id=user.pk, created_at=now)
    first, second = Client(), Client()
    first.force_login(other)
    first.get("/me/notices/")
    second.force_login(reader)
    cache.clear()
    with django_assert_num_queries(6):
        page = second.get("/me/notices/").text
    assert page.count("标为已读<span") == min(number, 30)
    assert f"{number} 条未读通知" in page


def test_a_sign_in_without_a_person_has_its_bell_for_one_question_more(clock, now, django_assert_num_queries) -> None:
    user = UserFactory()
    tell(user, created_at=now)
    client = Client()
    client.force_login(user)
    cache.clear()
    with django_assert_num_queries(7):
        assert "1 条未读通知" in client.get("/me/notices/").text


def test_newest_comes_first_under_its_day_in_beijing(visit, reader) -> None:
    """17:00 in Greenwich is the next day in Beijing."""
    late = datetime.fromisoformat("2026-11-20T17:00:00+00:00")
    tell(reader, created_at=late - timedelta(hours=2))
    tell(reader, NoticeKind.EXAM_RESULT, created_at=late)
    page = visit.get("/me/notices/").text
    order = ["2026 年 11 月 21 日</time></h2>", "你通过了“初级", "2026 年 11 月 20 日</time></h2>", "你已报名课程"]
    assert sorted(order, key=page.index) == order
    assert "2026 年 11 月 21 日 01:00，北京时间" in page


def test_the_same_row_is_read_in_english_on_an_english_page(visit, reader) -> None:
    tell(reader, NoticeKind.ROSTER_IMPORTED)
    assert "Your roster for Autumn 2026, first class was imported: 471 new" in visit.get("/en/me/notices/").text
    assert "“2026 秋季一班”的名册已导入：新建 471" in visit.get("/me/notices/").text


def test_unread_is_said_in_a_word(visit, reader, now) -> None:
    notice = tell(reader)
    assert ">未读<" in "".join(visit.get("/me/notices/").text.split())
    notice.read_at = now
    notice.save()
    assert ">未读<" not in "".join(visit.get("/me/notices/").text.split())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"你已报名课程", "你通过了", "证书已签发，编号"}),
        ("show=unread", {"你通过了", "证书已签发，编号"}),
        ("group=exams", {"你通过了"}),
        ("show=unread&group=study", set()),
        ("show=everything&group=nonsense&page=-7", {"你已报名课程", "你通过了", "证书已签发，编号"}),
    ],
)
def test_the_address_filters(visit, reader, now, query: str, shown: set[str]) -> None:
    tell(reader, read_at=now)
    tell(reader, NoticeKind.EXAM_RESULT)
    tell(reader, NoticeKind.CERTIFICATE_ISSUED)
    tell(PersonFactory().user, NoticeKind.EXAM_RESULT)
    page = visit.get(f"/me/notices/?{query}").text
    assert {words for words in ("你已报名课程", "你通过了", "证书已签发，编号") if words in page} == shown
    if not shown:
        assert "没有符合筛选条件的通知" in page


def test_the_next_page_keeps_the_filter(visit, reader) -> None:
    for _ in range(31):
        tell(reader, NoticeKind.EXAM_RESULT)
    page = visit.get("/me/notices/?show=unread&group=exams").text
    assert 'href="?show=unread&amp;group=exams&amp;page=2"' in page
    assert visit.get("/me/notices/?show=unread&group=exams&page=2").text.count("你通过了") == 1


def test_an_empty_page_says_what_will_stand_here(visit) -> None:
    page = visit.get("/me/notices/").text
    assert "报名第一门课程后，就有第一条通知。" in page
    assert 'href="/courses/"' in page
    assert "全部标为已读" not in page


def test_the_link_ticks_off_and_leads_to_the_thing_in_the_language_of_the_page(visit, reader) -> None:
    notice = tell(reader, url="/exams/")
    answer = visit.get(f"/en/me/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/exams/")
    assert unread_count(reader) == 0


def test_ticking_off_goes_back_to_where_one_was(visit, reader) -> None:
    notice = tell(reader)
    for _ in range(2):
        answer = visit.post(f"/me/notices/{notice.pk}/read/?group=study&page=2&next=//evil.example")
        assert answer["Location"] == "/me/notices/?group=study&page=2"
    assert unread_count(reader) == 0
    assert visit.get(f"/me/notices/{notice.pk}/read/").status_code == 405


def test_all_leaves_what_came_after_the_page_was_drawn(visit, reader, clock) -> None:
    tell(reader, created_at=clock.at)
    drawn_at = visit.get("/me/notices/").context["drawn_at"]
    clock.advance(timedelta(minutes=5))
    later = tell(reader, created_at=clock.at)
    assert visit.post("/me/notices/read/", {"drawn_at": drawn_at})["Location"] == "/me/notices/"
    assert list(notices_of(reader).unread()) == [later]


@pytest.mark.parametrize("moment", ["", "soon", "9999-12-31T23:59:59-12:00", "2026-11-22"])
def test_a_moment_that_makes_no_sense_is_no_fault(visit, reader, clock, moment: str) -> None:
    tell(reader, created_at=clock.at - timedelta(days=90))
    assert visit.post("/me/notices/read/", {"drawn_at": moment}).status_code == 302
    assert unread_count(reader) == 0


def test_another_persons_notice_is_not_there(visit, reader) -> None:
    notice = tell(PersonFactory().user)
    assert visit.get(f"/me/notices/{notice.pk}/").status_code == 404
    assert visit.post(f"/me/notices/{notice.pk}/read/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_choice_about_mails_is_kept_and_obeyed(visit, reader, now) -> None:
    assert visit.get("/me/notices/settings/").text.count(" checked>") == 5
    visit.post("/me/notices/settings/", {"mail": ["exams", "nonsense"]})
    page = visit.get("/me/notices/settings/").text
    assert (page.count(" checked>"), "邮件设置已保存。" in page) == (1, True)
    for kind in (NoticeKind.ENROLLED, NoticeKind.EXAM_RESULT):
        announce(to=reader, kind=kind, subject_ref="x:1", context=TOLD[kind], url="/", now=now)
    assert [mail.kind for mail in Message.objects.all()] == ["exam-result"]
    assert NotificationPreference.objects.exclude(user_id=reader.pk).count() == 0
