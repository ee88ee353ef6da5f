from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from lms.mailing.enums import GROUP_OF, NoticeKind
from lms.mailing.selectors.addresses import page_in
from lms.mailing.selectors.wording import WORDING, page_of, say
from tests.factories.mailing import TOLD, NoticeFactory
from tests.lms.mailing.spoken import LEFT_OVER, chinese_in, english_in

pytestmark = [pytest.mark.room, pytest.mark.django_db]

NAMES = ("TTM-FCBA-1-2026-000001-K", "7QK2-M4XD", "TL-204", "certificates.render", "OSError: disk full", "段文博")
WRITTEN = ("周六改在二号楼上课", "中试算第几级？", "写了别人的电话。", "走访：铸件气孔从哪里来")
CASES = [
    *TOLD.items(),
    (NoticeKind.CLAIM_CONFIRMED, {**TOLD[NoticeKind.CLAIM_CONFIRMED], "held_back": "3.00"}),
    (NoticeKind.SHARE_ANSWERED, {**TOLD[NoticeKind.SHARE_ANSWERED], "agreed": False}),
    (NoticeKind.CREDIT_APPEAL_DECIDED, {**TOLD[NoticeKind.CREDIT_APPEAL_DECIDED], "upheld": False}),
    (NoticeKind.PORTFOLIO_DECIDED, {**TOLD[NoticeKind.PORTFOLIO_DECIDED], "outcome": "returned"}),
    (NoticeKind.PORTFOLIO_DECIDED, {**TOLD[NoticeKind.PORTFOLIO_DECIDED], "outcome": "refused"}),
    (NoticeKind.EXAM_RESULT, {**TOLD[NoticeKind.EXAM_RESULT], "passed": False}),
    (NoticeKind.CERTIFICATE_REVOKED, {**TOLD[NoticeKind.CERTIFICATE_REVOKED], "reason": "TL-204"}),
]


def test_every_kind_has_a_group_and_words() -> None:
    assert set(GROUP_OF) == set(WORDING) == set(NoticeKind)


@pytest.mark.parametrize(("kind", "context"), CASES)
def test_every_kind_is_told_in_chinese(kind: NoticeKind, context: dict) -> None:
    said = say(NoticeFactory(kind=kind, context=context))
    for text in (said.title, said.sentence, said.action):
        assert english_in(text, names=NAMES) == []
        assert chinese_in(text)
        assert not LEFT_OVER.search(text)


@pytest.mark.parametrize(("kind", "context"), CASES)
def test_every_kind_is_told_in_english(kind: NoticeKind, context: dict) -> None:
    with override("en"):
        said = say(NoticeFactory(kind=kind, context=context))
    for text in (said.title, said.sentence, said.action):
        assert chinese_in(text, names=(*NAMES, *WRITTEN)) == []
        assert not LEFT_OVER.search(text)


def test_a_result_below_the_line_and_a_reason_are_said() -> None:
    told = [say(NoticeFactory(kind=kind, context=context)).sentence for kind, context in CASES[-2:]]
    assert told == [
        "你在“初级 2026 秋季考试”中得分 75 / 100，没有达到合格线。",
        "你的初级技术经纪人证书 TTM-FCBA-1-2026-000001-K 已被撤销，不再有效。理由：TL-204",
    ]


def test_what_somebody_wrote_may_look_like_a_placeholder() -> None:
    context = {**TOLD[NoticeKind.DECISION_REFUSED], "reason": "缺 20 %(level)s 与 100%"}
    said = say(NoticeFactory(kind=NoticeKind.DECISION_REFUSED, context=context))
    assert said.sentence.endswith("缺 20 %(level)s 与 100%")


@pytest.mark.parametrize(
    ("url", "language", "page"),
    [
        ("/me/", "en", "/en/me/"),
        ("/en/me/", "en", "/en/me/"),
        ("/en/me/?a=/en/", "zh-hans", "/me/?a=/en/"),
        ("/me/", "zh-hans", "/me/"),
        ("/enrolled/", "zh-hans", "/enrolled/"),
        ("/", "en", "/en/"),
    ],
)
def test_a_page_has_an_address_in_each_language(url: str, language: str, page: str) -> None:
    assert page_in(url, language) == page


def test_the_link_of_a_notice_follows_the_reader(now: datetime) -> None:
    notice = NoticeFactory(url="/exams/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        chinese = page_of(notice)
        with override("en"):
            english = page_of(notice)
    assert (chinese, english, len(asked)) == ("/exams/", "/en/exams/", 0)
