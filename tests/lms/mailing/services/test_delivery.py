from contextlib import nullcontext
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend

from lms.jobs.enums import JobState
from lms.jobs.selectors.job import jobs_of
from lms.jobs.services.registry import find
from lms.jobs.services.work import drain
from lms.mailing.enums import MessageKind, MessageState
from lms.mailing.models import Message
from lms.mailing.services.delivery import SECONDS_TO_SERVER, deliver
from lms.mailing.services.outbox import send
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def message(now: datetime) -> Message:
    return send(
        kind=MessageKind.ENROLLED,
        to="duan@jiqiao.example",
        language="zh-hans",
        context={"name": "段文博", "course": "初级技术经纪人基础", "url": "/courses/"},
        subject_ref="courses.enrolment:7",
        now=now,
    )


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the mail server answers next; nothing left means it takes the mail."""
    answers: list[Exception] = []
    take = EmailBackend.send_messages

    def send_messages(self: EmailBackend, messages: list) -> int:
        if answers:
            raise answers.pop(0)
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return answers


class WorkerDied(Exception):
    """Stands for SIGKILL."""


def job_state() -> str:
    return jobs_of(UserFactory(is_superuser=True)).get(task="mailing.deliver").state


def test_a_mail_goes_out_as_text_and_html(message: Message, now: datetime, mailoutbox: list) -> None:
    assert drain(now=now) == 1
    [mail] = mailoutbox
    assert (mail.to, mail.subject, mail.body) == ([message.to], message.subject, message.text)
    assert [(part.content, part.mimetype) for part in mail.alternatives] == [(message.html, "text/html")]
    assert mail.extra_headers["Content-Language"] == "zh-hans"
    message.refresh_from_db()
    assert (message.state, message.sent_at, job_state()) == (MessageState.SENT, now, JobState.DONE)


def test_a_mail_that_was_sent_is_not_sent_again(message: Message, now: datetime, mailoutbox: list) -> None:
    drain(now=now)
    deliver(message_id=message.pk, now=now, finish=nullcontext)
    assert len(mailoutbox) == 1


def test_a_silent_server_is_tried_again(
    message: Message, now: datetime, server: list[Exception], mailoutbox: list
) -> None:
    server += [SMTPServerDisconnected("gone"), SMTPDataError(451, b"greylisted")]
    for later in (timedelta(0), timedelta(seconds=5)):
        drain(now=now + later)
        message.refresh_from_db()
        assert (message.state, job_state(), mailoutbox) == (MessageState.WAITING, JobState.QUEUED, [])
    drain(now=now + timedelta(seconds=20))
    message.refresh_from_db()
    assert (message.state, len(mailoutbox)) == (MessageState.SENT, 1)


@pytest.mark.parametrize(
    "answer",
    [
        SMTPRecipientsRefused({"duan@jiqiao.example": (550, b"no such mailbox")}),
        SMTPDataError(550, "no such mailbox"),
    ],
)
def test_a_final_no_is_kept_and_not_repeated(
    message: Message, now: datetime, server: list[Exception], mailoutbox: list, answer: Exception
) -> None:
    server.append(answer)
    drain(now=now)
    message.refresh_from_db()
    assert (message.state, message.problem) == (MessageState.REFUSED, "550 no such mailbox")
    assert (job_state(), drain(now=now + timedelta(days=1)), mailoutbox) == (JobState.DONE, 0, [])


def test_a_recipient_put_off_for_now_is_tried_again(message: Message, now: datetime, server: list[Exception]) -> None:
    server.append(SMTPRecipientsRefused({"duan@jiqiao.example": (450, b"mailbox busy")}))
    drain(now=now)
    message.refresh_from_db()
    assert (message.state, job_state()) == (MessageState.WAITING, JobState.QUEUED)


def test_a_second_copy_bears_the_same_message_id(message: Message, now: datetime, mailoutbox: list) -> None:
    """The worker died after the server's yes: nothing was committed, and the mail goes out once more."""
    drain(now=now)
    Message.objects.filter(pk=message.pk).update(state=MessageState.WAITING, sent_at=None)

    def dies() -> None:
        raise WorkerDied

    with pytest.raises(WorkerDied):
        deliver(message_id=message.pk, now=now, finish=dies)
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 1
    assert len(mailoutbox) == 2


def test_nobody_else_starts_while_a_server_keeps_us_waiting() -> None:
    assert timedelta(seconds=SECONDS_TO_SERVER) < find("mailing.deliver").lease
