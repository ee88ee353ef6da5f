from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from lms.mailing.enums import TOLD_OF, NoticeKind
from lms.mailing.models import Notice
from lms.mailing.selectors.notices import notices_of, unread_count
from lms.mailing.services.notices import MissingContext, add_up, mark_all_read, mark_read, notify, notify_all
from tests.factories.accounts import UserFactory
from tests.factories.mailing import TOLD, NoticeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

HOUR = timedelta(hours=1)


def tell(now: datetime, user_id: int = 7, **options: object) -> Notice:
    given = {
        "kind": "enrolled",
        "subject_ref": "courses.enrolment:1",
        "context": TOLD[NoticeKind.ENROLLED],
        "url": "/learn/1/",
        **options,
    }
    return notify(user_id=user_id, now=now, **given)


def test_the_samples_give_exactly_what_the_sentences_ask_for() -> None:
    assert {kind: set(context) for kind, context in TOLD.items()} == TOLD_OF


def test_one_cause_tells_one_user_once(now: datetime) -> None:
    first = tell(now)
    assert tell(now + HOUR, context=TOLD[NoticeKind.ENROLLED], url="/elsewhere/") == first
    others = [tell(now, user_id=8), tell(now, subject_ref="courses.enrolment:2")]
    assert (Notice.objects.count(), len({notice.pk for notice in others})) == (3, 2)
    first.refresh_from_db()
    assert (first.url, first.created_at) == ("/learn/1/", now)


def test_the_database_itself_keeps_a_cause_from_telling_twice(now: datetime) -> None:
    notice = tell(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(user_id=notice.user_id, kind=notice.kind, subject_ref=notice.subject_ref)


def test_a_notice_keeps_the_page_without_the_language_in_which_it_was_written(now: datetime) -> None:
    assert tell(now, url="/en/learn/1/").url == "/learn/1/"


def test_a_caller_that_forgets_something_is_told_what(now: datetime) -> None:
    with pytest.raises(MissingContext, match="exam-result also needs exam, points"):
        tell(now, kind="exam-result", context={"passed": True})
    with pytest.raises(ValueError, match="birthday"):
        tell(now, kind="birthday")


def test_a_rollback_takes_the_notice_with_it(now: datetime) -> None:
    with transaction.atomic():
        tell(now)
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0


def test_many_are_told_the_same_each_of_them_once(now: datetime, django_assert_num_queries) -> None:
    told = {
        "kind": "announced",
        "subject_ref": "courses.announcement:1",
        "context": {"course": {"zh": "基础", "en": "Foundations"}, "title": "改地点"},
        "url": "/en/me/announcements/",
        "now": now,
    }
    notify_all(user_ids=[1, 2], **told)
    with django_assert_num_queries(3):  # savepoint, rows, release
        notify_all(user_ids=range(1, 101), **told)
    assert Notice.objects.count() == 100
    assert Notice.objects.filter(url="/me/announcements/", read_at=None).count() == 100


def test_what_goes_on_for_a_day_adds_up_and_is_unread_anew(now: datetime) -> None:
    user = UserFactory()
    line = {"user_id": user.pk, "kind": "credits-posted", "subject_ref": "credits:1:2026-11-22", "url": "/me/ledger/"}
    notice = add_up(amounts={"points": Decimal("2.50"), "lines": 1}, now=now, **line)
    assert notice.context == {"points": "2.5", "lines": "1"}
    mark_read(user=user, notice=notice, now=now)
    again = add_up(amounts={"points": Decimal("7.50"), "lines": 1}, now=now + HOUR, **line)
    assert (again.pk, again.context) == (notice.pk, {"points": "10", "lines": "2"})
    assert (again.created_at, unread_count(user)) == (now + HOUR, 1)
    other_day = add_up(amounts={"points": Decimal(1), "lines": 1}, now=now, **{**line, "subject_ref": "credits:1:next"})
    assert other_day.context == {"points": "1", "lines": "1"}


def test_the_second_tab_and_the_second_click_change_nothing(now: datetime) -> None:
    user = UserFactory()
    notice = NoticeFactory(user_id=user.pk)
    assert mark_read(user=user, notice=notice, now=now)
    assert not mark_read(user=user, notice=notice, now=now + HOUR)
    notice.refresh_from_db()
    assert notice.read_at == now


def test_nobody_ticks_off_what_another_was_told(now: datetime) -> None:
    owner, other = UserFactory(), UserFactory(is_superuser=True)
    notice = NoticeFactory(user_id=owner.pk)
    assert not mark_read(user=other, notice=notice, now=now)
    assert mark_all_read(user=other, until=now, now=now) == 0
    assert (unread_count(owner), unread_count(other), unread_count(AnonymousUser())) == (1, 0, 0)


def test_all_ticks_off_what_was_on_the_page_and_not_what_came_since(now: datetime) -> None:
    user = UserFactory()
    earlier = [NoticeFactory(user_id=user.pk, created_at=now - HOUR) for _ in range(2)]
    since = NoticeFactory(user_id=user.pk, created_at=now + HOUR)
    other = NoticeFactory(user_id=UserFactory().pk, created_at=now - HOUR)
    assert mark_all_read(user=user, until=now, now=now + HOUR) == 2
    assert mark_all_read(user=user, until=now, now=now + HOUR) == 0
    assert list(notices_of(user).unread()) == [since]
    assert set(Notice.objects.unread()) == {since, other}
    assert [notice.read_at for notice in notices_of(user)] == [None, *(now + HOUR for _ in earlier)]
