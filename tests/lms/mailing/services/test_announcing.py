from datetime import datetime

import pytest

from lms.mailing.enums import MAILED_GROUPS, MessageKind, NoticeGroup, NoticeKind
from lms.mailing.models import Message, Notice
from lms.mailing.selectors.preferences import choices_of
from lms.mailing.services.announcing import announce
from lms.mailing.services.preferences import choose_mails
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.mailing import TOLD

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def tell(now: datetime, to: object, kind: NoticeKind = NoticeKind.ENROLLED, **options: object) -> Notice | None:
    given = {"subject_ref": "courses.enrolment:1", "context": TOLD[kind], "url": "/learn/1/", **options}
    return announce(to=to, kind=kind, now=now, **given)


def test_a_fact_is_a_notice_and_a_mail_in_the_readers_language(now: datetime, settings) -> None:
    settings.JIQIAO_BASE_URL = "https://jiqiao.example"
    reader = PersonFactory(real_name="段文博", user__language="en").user
    notice = tell(now, reader, organisation="FCBA")
    mail = Message.objects.get()
    assert (notice.user_id, notice.url, notice.organisation) == (reader.pk, "/learn/1/", "FCBA")
    assert (mail.to, mail.language) == (reader.email, "en")
    assert "Hello 段文博," in mail.text
    assert "“Foundations for junior brokers”" in mail.text
    assert "https://jiqiao.example/en/learn/1/" in mail.text


def test_a_title_without_english_is_given_in_chinese(now: datetime) -> None:
    tell(now, UserFactory(language="en"), context={"course": {"zh": "专利基础", "en": ""}})
    assert "“专利基础”" in Message.objects.get().text


def test_who_has_no_name_is_not_greeted_by_an_address(now: datetime) -> None:
    reader = UserFactory()
    tell(now, reader)
    assert "\n你好：\n" in Message.objects.get().text
    assert reader.email not in Message.objects.get().text


def test_a_moment_is_told_by_the_beijing_clock_with_its_weekday(now: datetime) -> None:
    tell(now, UserFactory(), NoticeKind.EXAM_SEAT)
    tell(now, UserFactory(language="en"), NoticeKind.EXAM_SEAT)
    chinese, english = Message.objects.order_by("pk")
    assert "考场关闭（北京时间）：2026 年 11 月 30 日（星期一）00:00" in chinese.text
    assert "The room closes, Beijing time: Monday 30 November 2026, 00:00" in english.text


def test_told_again_nothing_is_told(now: datetime) -> None:
    reader = UserFactory()
    assert tell(now, reader) == tell(now, reader)
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)


def test_nobody_is_told_where_a_person_does_not_sign_in(now: datetime) -> None:
    assert tell(now, None) is None
    assert (Notice.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_kind_is_mailed_if_it_has_a_letter(now: datetime, kind: NoticeKind) -> None:
    tell(now, UserFactory(), kind)
    assert Message.objects.count() == (1 if kind in MessageKind.values else 0)


def test_several_facts_may_share_one_mail(now: datetime) -> None:
    reader = UserFactory()
    for number in (1, 2):
        tell(now, reader, NoticeKind.DECISION_WAITING, subject_ref=f"decision:{number}", mailed_as="day:2026-11-22")
    assert (Notice.objects.count(), Message.objects.count()) == (2, 1)


def test_a_group_that_was_switched_off_is_told_and_not_mailed(now: datetime) -> None:
    reader, other = UserFactory(), UserFactory()
    choose_mails(user=reader, groups=["exams"], now=now)
    tell(now, reader)
    tell(now, reader, NoticeKind.EXAM_RESULT)
    tell(now, other)
    assert set(Message.objects.values_list("to", "kind")) == {(reader.email, "exam-result"), (other.email, "enrolled")}
    assert Notice.objects.count() == 3


def test_what_binds_is_mailed_whatever_was_chosen(now: datetime) -> None:
    reader = UserFactory()
    choose_mails(user=reader, groups=[], now=now)
    tell(now, reader, NoticeKind.CERTIFICATE_REVOKED)
    tell(now, reader, NoticeKind.CERTIFICATE_ISSUED)
    assert [mail.kind for mail in Message.objects.all()] == ["certificate-revoked"]


def test_a_choice_can_be_taken_back(now: datetime) -> None:
    reader = UserFactory()
    assert choices_of(reader) == dict.fromkeys(MAILED_GROUPS, True)
    choose_mails(user=reader, groups=["work"], now=now)
    choose_mails(user=reader, groups=["study", "nonsense"], now=now)
    expected = {group: group == NoticeGroup.STUDY for group in MAILED_GROUPS}
    assert choices_of(reader) == expected
    assert choices_of(UserFactory()) == dict.fromkeys(MAILED_GROUPS, True)
