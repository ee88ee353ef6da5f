import re
from datetime import datetime
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from lms.jobs.services.work import drain
from lms.mailing.enums import CONTEXT_OF, MessageKind, MessageState
from lms.mailing.models import Message
from lms.mailing.selectors.message import messages_about, messages_to
from lms.mailing.services.outbox import MissingContext, send
from tests.factories.accounts import UserFactory
from tests.factories.mailing import MAIL_CONTEXTS as CONTEXTS
from tests.factories.mailing import MessageFactory
from tests.lms.mailing.spoken import LEFT_OVER, chinese_in, english_in

pytestmark = [pytest.mark.room, pytest.mark.django_db]

SAID = {
    MessageKind.CERTIFICATE_ISSUED: ("你的初级技术经纪人证书已签发", "Your certificate as 初级技术经纪人 was issued."),
    MessageKind.CERTIFICATE_REVOKED: ("已被撤销，不再有效。", "was revoked and no longer counts."),
    MessageKind.DECISION_WAITING: (
        "段文博的初级技术经纪人等级结论已拟定",
        "the decision about 段文博 for 初级技术经纪人",
    ),
    MessageKind.APPLICATION_WAITING: ("段文博申请了“中级 2027 春季班”的名额", "段文博 has applied for a place"),
    MessageKind.APPLICATION_RETURNED: ("的报名申请已退回，请补充：TL-204", "came back to be completed: TL-204"),
    MessageKind.APPLICATION_REFUSED: ("的报名申请没有通过：TL-204", "was refused: TL-204"),
    MessageKind.PRACTICE_WAITING: (
        "段文博提交了实践记录“走访：铸件气孔从哪里来”",
        "段文博 has handed in the practice record",
    ),
    MessageKind.PRACTICE_RETURNED: ("已退回，请补充：TL-204", "came back to be completed: TL-204"),
    MessageKind.PRACTICE_REFUSED: ("没有通过：TL-204", "was refused: TL-204"),
    MessageKind.MARKING_WAITING: ("有答卷等你评阅", "scripts wait for your marks"),
    MessageKind.MARKING_DUE: ("还等你评阅的答卷：12 份", "still wait for you: 12"),
    MessageKind.MARKING_LEAD: ("答卷 TL-204 要由你处理", "Script TL-204"),
    MessageKind.EXAM_TOMORROW: ("明天是“初级 2026 秋季考试”", "Tomorrow: the examination"),
    MessageKind.OFFERING_SOON: ("2027 年 3 月 6 日（星期六） 开班", "begins on"),
    MessageKind.STUDY_QUIET: ("你学到了 40%。", "you have come to 40 %."),
    MessageKind.EXAM_RESULT: ("你通过了“初级 2026 秋季考试”，得分 75 / 100。", "You passed the examination"),
    MessageKind.EXAM_CORRECTED: ("的成绩已更正：75 / 100 分，原为 58 / 100 分。", "75 / 100 points, 58 / 100 before."),
    MessageKind.APPEAL_WAITING: ("段文博对“初级 2026 秋季考试”的成绩提出申诉", "段文博 appeals against a result"),
    MessageKind.APPEAL_DECIDED: (
        "的申诉成立，成绩改为 75 / 100 分。",
        "was upheld. Your result is now 75 / 100 points.",
    ),
    MessageKind.REGRADE_WAITING: ("的更正已拟好，等另一个人审批", "is prepared and waits for a second person"),
    MessageKind.EXAM_SEAT: ("“初级 2026 秋季考试”的座位已为你排好。", "You have a seat in the examination"),
    MessageKind.CLAIM_WAITING: ("提交了积分申报“", "has handed in the credit claim “"),
    MessageKind.CLAIM_RETURNED: ("”已退回，请在", "” came back to be completed by"),
    MessageKind.CLAIM_REJECTED: ("你的积分申报“", "You may appeal until"),
    MessageKind.SHARE_ASKED: ("”中列明你的份额为", "”. It waits for your answer."),
    MessageKind.CREDIT_APPEAL_WAITING: ("”提出申诉，须在", "”. A person decides by"),
    MessageKind.CREDIT_APPEAL_DECIDED: (
        "”提出的申诉成立，理由见该页。",
        "” was upheld. The reasons stand on its page.",
    ),
    MessageKind.CREDITS_TAKEN_BACK: ("分已扣回：", "” were taken back:"),
    MessageKind.VIOLATION_CONFIRMED: ("已核定一项违规：“", "points were deducted. You may appeal until"),
    MessageKind.CREDITS_EXPIRING: ("之后不再计入。", "of your contribution credits stop counting after"),
    MessageKind.RENEWAL_DUE: ("有效期至", "Your certificate"),
    MessageKind.CERTIFICATE_LAPSED: ("已过期，可在", "has lapsed. It can be reinstated until"),
    MessageKind.RENEWAL_ASKED: ("申请续期", "asks for the renewal of certificate"),
    MessageKind.PORTFOLIO_WAITING: ("的业绩集等你审查。", "The portfolio of"),
    MessageKind.PORTFOLIO_DECIDED: ("的业绩集已获认可。", "Your portfolio for"),
    MessageKind.ENROLLED: ("你已报名课程《初级技术经纪人基础》", "You are enrolled in the course"),
}
BASE = "https://jiqiao.example"


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.JIQIAO_BASE_URL = BASE


def write(now: datetime, kind: MessageKind = MessageKind.ENROLLED, **options: object) -> Message:
    arguments = {
        "to": "duan@jiqiao.example",
        "language": "zh-hans",
        "context": CONTEXTS[kind],
        "subject_ref": "courses.enrolment:7",
        **options,
    }
    return send(kind=kind, now=now, **arguments)


@pytest.mark.parametrize("kind", MessageKind)
@pytest.mark.parametrize(("language", "which"), [("zh-hans", 0), ("en", 1)])
def test_every_kind_speaks_both_languages(now: datetime, kind: MessageKind, language: str, which: int) -> None:
    message = write(now, kind, language=language)
    greeting = ("段文博，你好：", "Hello 段文博,")
    for text in (message.text, message.html):
        assert SAID[kind][which] in text
        assert SAID[kind][1 - which] not in text
        assert greeting[which] in text
    assert message.language == language
    assert BASE + CONTEXTS[kind]["url"] in message.text
    assert f'<html lang="{language}">' in message.html


NAMES = ("SPECIMEN", "TTM-FCBA-1-2026-000001-K", "7QK2-M4XD", "TL-204")


def read(html: str) -> str:
    """What a reader of the HTML sees."""
    body = re.sub(r"(?s)<head>.*?</head>", "", html)
    return unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        *((kind, {}) for kind in MessageKind),
        (MessageKind.EXAM_RESULT, {"passed": False}),
        (MessageKind.CREDIT_APPEAL_DECIDED, {"upheld": False}),
        (MessageKind.PORTFOLIO_DECIDED, {"outcome": "returned"}),
        (MessageKind.PORTFOLIO_DECIDED, {"outcome": "refused"}),
        (MessageKind.CERTIFICATE_REVOKED, {"reason": "材料不实"}),
    ],
)
def test_a_chinese_mail_has_no_english_word(now: datetime, kind: MessageKind, more: dict) -> None:
    message = write(now, kind, context={**CONTEXTS[kind], **more})
    for part in (message.subject, message.text, read(message.html)):
        assert english_in(part, names=NAMES) == []
        assert chinese_in(part)
        assert not LEFT_OVER.search(part)


def test_a_reason_that_was_given_is_told(now: datetime) -> None:
    reasons = [
        write(now, MessageKind.CERTIFICATE_REVOKED, subject_ref=f"certificate:{reason}", context=context)
        for reason in ("", "材料不实")
        for context in [{**CONTEXTS[MessageKind.CERTIFICATE_REVOKED], "reason": reason}]
    ]
    assert ["理由：材料不实" in message.text for message in reasons] == [False, True]
    assert ["理由：" in message.html for message in reasons] == [False, True]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", MessageKind)
def test_text_and_html_say_the_same(now: datetime, kind: MessageKind, language: str) -> None:
    """Every line of the plain text stands in the HTML too; a mail program that shows one of both hides nothing."""
    message = write(now, kind, language=language)
    html = " ".join(read(message.html).split())
    lines = [line.lstrip("- ") for line in message.text.splitlines() if line.strip("- ")]
    for line in lines:
        parts = line.split("：", 1) if language == "zh-hans" and "：" in line else line.split(": ", 1)
        assert all(part.strip() in html for part in parts), line


def test_a_mail_loads_nothing_from_anywhere(now: datetime) -> None:
    for kind in MessageKind:
        html = write(now, kind).html
        assert not re.search(r"<(img|link|script|iframe|style)|src=|url\(|@import", html)


@pytest.mark.parametrize("kind", MessageKind)
def test_an_english_mail_has_no_chinese_but_what_was_given(now: datetime, kind: MessageKind, settings) -> None:
    settings.JIQIAO_DEMO = False
    given = {key: f"<{key}>" if isinstance(value, str) else value for key, value in CONTEXTS[kind].items()}
    message = write(now, kind, language="en", context=given)
    assert not re.search(r"[\u4e00-\u9fff]", message.subject + message.text + message.html)


def test_the_samples_give_exactly_what_the_templates_ask_for() -> None:
    assert {kind: set(context) for kind, context in CONTEXTS.items()} == CONTEXT_OF


def test_a_result_below_the_line_is_said_plainly(now: datetime) -> None:
    context = {**CONTEXTS[MessageKind.EXAM_RESULT], "points": "41.67 / 100", "passed": False}
    message = write(now, MessageKind.EXAM_RESULT, context=context)
    assert "得分 41.67 / 100，没有达到合格线。" in message.text
    assert "通过" not in message.text


def test_a_demonstration_says_so_in_subject_and_text(now: datetime, settings) -> None:
    assert write(now).subject == "样本 SPECIMEN 可以开始学习：初级技术经纪人基础"
    assert write(now).text.startswith("样本 SPECIMEN 这封邮件来自演示系统")
    assert "<strong>样本 SPECIMEN</strong>" in write(now).html
    settings.JIQIAO_DEMO = False
    real = write(now, subject_ref="courses.enrolment:8")
    assert real.subject == "可以开始学习：初级技术经纪人基础"
    assert "SPECIMEN" not in real.subject + real.text + real.html


def test_a_name_is_text_in_html_and_itself_in_plain_text(now: datetime) -> None:
    message = write(now, context={**CONTEXTS[MessageKind.ENROLLED], "name": "O'Neil <b>&</b>"})
    assert "O&#x27;Neil &lt;b&gt;&amp;&lt;/b&gt;" in message.html
    assert "O'Neil <b>&</b>" in message.text


def test_a_line_break_in_a_title_does_not_break_the_subject(now: datetime) -> None:
    message = write(now, context={**CONTEXTS[MessageKind.ENROLLED], "course": "甲\r\nBcc: x@y.example"})
    assert message.subject == "样本 SPECIMEN 可以开始学习：甲 Bcc: x@y.example"


def test_an_unknown_language_falls_back_to_chinese(now: datetime) -> None:
    assert write(now, language="fr").language == "zh-hans"


def test_one_cause_mails_one_person_once(now: datetime) -> None:
    assert write(now) == write(now)
    others = [
        write(now, to="other@jiqiao.example"),
        write(now, subject_ref="courses.enrolment:8"),
        write(now, MessageKind.EXAM_RESULT),
    ]
    assert Message.objects.count() == 4
    assert len({message.pk for message in others}) == 3


def test_a_rollback_takes_mail_and_job_with_it(now: datetime, mailoutbox: list) -> None:
    with transaction.atomic():
        write(now)
        transaction.set_rollback(True)
    assert (Message.objects.count(), drain(now=now), mailoutbox) == (0, 0, [])


def test_a_caller_that_forgets_something_is_told_what(now: datetime) -> None:
    with pytest.raises(MissingContext, match="enrolled also needs course, url"):
        write(now, context={"name": "段文博"})
    with pytest.raises(ValueError, match="birthday"):
        send(kind="birthday", to="a@b.example", language="en", context={}, subject_ref="x:1", now=now)


def test_people_read_their_own_mails_newest_first(now: datetime) -> None:
    reader, other = UserFactory(email="duan@jiqiao.example"), UserFactory()
    first, second = MessageFactory(to="Duan@jiqiao.example"), write(now)
    assert list(messages_to(reader)) == [second, first]
    assert list(messages_to(other)) == []
    assert list(messages_to(AnonymousUser())) == []
    assert set(messages_to(UserFactory(is_superuser=True))) == {first, second}
    assert list(messages_about("courses.enrolment:7")) == [second]
    assert second.state == MessageState.WAITING
