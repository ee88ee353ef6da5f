from datetime import datetime

import pytest
from django.test import Client

from lms.credits.enums import Book
from lms.credits.models import CreditLine, HourLine, LineText
from lms.credits.selectors.lines import with_words
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.erasing import ErasureNeedsReason, erase_texts
from lms.credits.services.reversal import reverse
from lms.credits.services.sealing import seal_books
from tests.factories.credits import make_hours, make_points
from tests.factories.records import events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_words_go_and_lines_seals_and_proof_stay(now: datetime) -> None:
    line = make_hours(note="某某公司的课")
    make_points(person=line.person, note="某某的考试")
    reverse(line=line, reason="某某登记错了", actor="user:7", now=now)
    other = make_hours(note="别人的课")
    seal_books(now=now)
    heads = [audit_ledger(book=book).head for book in Book]
    assert erase_texts(person=line.person, reason="本人申请", actor="user:9", now=now) == 3
    reports = [audit_ledger(book=book) for book in Book]
    assert [(report.ok, report.words, report.erased) for report in reports] == [(True, 1, 2), (True, 0, 1)]
    assert [report.head for report in reports] == heads
    mine = with_words(list(HourLine.objects.of(line.person_id)))
    assert [(each.words, each.erased) for each in mine] == [("", True), ("", True)]
    assert [each.words for each in with_words(list(HourLine.objects.of(other.person_id)))] == ["别人的课"]


def test_nothing_of_the_words_is_left_in_any_table_of_the_ledgers(now: datetime) -> None:
    line = make_points(note="某某公司的合同")
    reverse(line=line, reason="某某公司的合同", actor="user:7", now=now)
    erase_texts(person=line.person, reason="本人申请", actor="user:9", now=now)
    left = [
        *CreditLine.objects.values(),
        *LineText.objects.values(),
        *(e.detail for e in events("credits.line-reversed")),
    ]
    assert "某某" not in repr(left)
    assert [event.detail for event in events("credits.words-erased")] == [{"reason": "本人申请", "lines": 2}]


def test_erased_twice_is_erased_once(now: datetime) -> None:
    line = make_points(note="某某公司的合同")
    assert erase_texts(person=line.person, reason="本人申请", actor="user:9", now=now) == 1
    assert erase_texts(person=line.person, reason="本人申请", actor="user:9", now=now) == 0
    assert len(events("credits.words-erased")) == 1


def test_a_ground_is_wanted(now: datetime) -> None:
    line = make_points(note="合同")
    with pytest.raises(ErasureNeedsReason):
        erase_texts(person=line.person, reason=" ", actor="user:9", now=now)
    assert LineText.objects.count() == 1


def test_the_statement_says_that_words_were_erased(now: datetime) -> None:
    line = make_points(note="某某公司的合同", occurred_at=now)
    client = Client()
    client.force_login(line.person.user)
    assert "某某公司的合同" in client.get("/en/me/ledger/").content.decode()
    erase_texts(person=line.person, reason="本人申请", actor="user:9", now=now)
    page = client.get("/en/me/ledger/").content.decode()
    assert "The words of this line were erased; its figures stand." in page
    assert "某某" not in page
