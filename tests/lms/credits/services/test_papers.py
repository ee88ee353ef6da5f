"""Papers as they are really printed: text, code, tags, and what is not in them."""

import io
import subprocess
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from cms.design.services.typefaces import GlyphMissing
from lms.credits.enums import Book, PaperKind
from lms.credits.models import CreditPaper
from lms.credits.selectors.heads import head_of
from lms.credits.selectors.papers import check
from lms.credits.services import papers
from lms.credits.services.papers import NothingToPrint, PaperGone, ask_for_paper, make_paper, order_for, pdf_of
from lms.credits.services.reversal import reverse
from lms.credits.services.sealing import seal_books
from lms.jobs.models import Job
from lms.jobs.services.work import drain
from lms.records.services.private_files import shred
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.credits import make_points
from tests.factories.standing import confirmed_claim, handed_in_return, printed_paper

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def words_of(content: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(content)
    told = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    return told.stdout.replace("\n", " ").replace("\u2009", " ")


@pytest.fixture
def place() -> Any:
    place = claimant_at(person__real_name="段文博")
    partner = PersonFactory(real_name="沈若溪")
    confirmed_claim(place, partners=[(partner, Decimal(40))])
    return place


def test_a_statement_says_every_line_its_head_and_its_seal(place: Any, now: datetime, tmp_path: Path) -> None:
    back = make_points(person=place.person, organisation=place.cohort.organisation)
    reverse(line=back, reason="登记错了", actor="user:1", now=now)
    seal_books(now=now)
    paper = printed_paper(place.person, PaperKind.STATEMENT, now=now)
    told = words_of(pdf_of(paper), tmp_path)
    head = head_of(Book.CREDITS, str(place.person.uid))
    for words in ("贡献积分证明", "段文博", "测湿装置试用合同", "登记错了", "−2.00", "2026 年 11 月 22 日", "样本"):
        assert words in told, words
    plain = told.replace(" ", "")
    assert paper.uid.hex in plain
    assert head in plain
    assert (paper.head, paper.lines) == (head, 3)
    assert "第 1 号，北京时间 2026-11-22 12:00，封到第 3 行" in told


def test_the_code_on_the_paper_leads_to_an_answer_without_a_name(place: Any, now: datetime, tmp_path: Path) -> None:
    paper = printed_paper(place.person, PaperKind.STATEMENT, language="en", now=now)
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_of(paper))
    subprocess.run(["pdftoppm", "-r", "150", "-png", path, tmp_path / "page"], check=True)
    codes = []
    for page in sorted(tmp_path.glob("page*.png")):
        with Image.open(page) as picture:
            codes += [found.text for found in zxingcpp.read_barcodes(picture)]
    assert codes == [f"http://localhost:8000/en/ledger/check/?c={paper.uid.hex}"]
    for asked in (paper.uid.hex, paper.sha256):
        found = check(asked)
        assert found is not None
        assert (found.paper, found.stands, found.seq, found.seal) == (paper, True, 1, None)


def test_the_paper_is_archivable_and_tagged(place: Any, now: datetime) -> None:
    content = pdf_of(printed_paper(place.person, PaperKind.STATEMENT, now=now))
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert bool(pdf.Root.MarkInfo.Marked)


def test_a_dossier_tells_amounts_shares_and_evidence_by_stage(place: Any, now: datetime, tmp_path: Path) -> None:
    told = words_of(pdf_of(printed_paper(place.person, PaperKind.DOSSIER, now=now)), tmp_path)
    for words in ("职称材料", "登记证明.pdf", "2026-LC-", "120 000.50", "72 000.30", "60.00", "谈判"):
        assert words in told, words


def test_a_return_is_printed_word_for_word(place: Any, now: datetime, tmp_path: Path) -> None:
    annual = handed_in_return(place, cases="三次走访、两轮谈判，第十七天签约。", now=now)
    told = words_of(pdf_of(printed_paper(place.person, PaperKind.ANNUAL_RETURN, now=now, of=annual)), tmp_path)
    for words in ("2026 年度活动报表", "岚川技术转移中心", "三次走访、两轮谈判，第十七天签约。", "72 000.30"):
        assert words in told, words


def test_the_same_content_is_printed_once_and_another_line_makes_another_paper(place: Any, now: datetime) -> None:
    first = printed_paper(place.person, PaperKind.STATEMENT, now=now)
    assert printed_paper(place.person, PaperKind.STATEMENT, now=now + timedelta(minutes=5)) == first
    make_points(person=place.person, organisation=place.cohort.organisation)
    second = printed_paper(place.person, PaperKind.STATEMENT, now=now)
    assert (second.pk == first.pk, second.head == first.head) == (False, False)
    assert CreditPaper.objects.count() == 2


def test_a_job_prints_what_was_asked_for_and_asking_again_answers_the_paper(place: Any, now: datetime) -> None:
    order = order_for(person=place.person, kind=PaperKind.STATEMENT, language="zh-hans", now=now)
    for _click in range(2):
        assert ask_for_paper(order=order, owner=f"user:{place.person.user_id}", now=now) is None
    assert Job.objects.filter(task=papers.MAKE).count() == 1
    drain(now=now)
    paper = CreditPaper.objects.get()
    assert ask_for_paper(order=order, owner="user:1", now=now) == paper


def test_a_worker_that_dies_after_drawing_leaves_no_half_paper(place: Any, now: datetime) -> None:
    order = order_for(person=place.person, kind=PaperKind.STATEMENT, language="zh-hans", now=now)

    class Died(Exception):
        pass

    def dies() -> Any:
        raise Died

    with pytest.raises(Died):
        make_paper(order=order, now=now, finish=dies)
    assert CreditPaper.objects.count() == 0
    assert pdf_of(make_paper(order=order, now=now)).startswith(b"%PDF-")


def test_a_shredded_paper_says_so_and_is_printed_anew_under_its_code(place: Any, now: datetime) -> None:
    paper = printed_paper(place.person, PaperKind.STATEMENT, now=now)
    assert paper.file is not None
    shred(paper.file)
    paper.refresh_from_db()
    with pytest.raises(PaperGone):
        pdf_of(paper)
    again = printed_paper(place.person, PaperKind.STATEMENT, now=now)
    assert (again.pk, pdf_of(again)[:5]) == (paper.pk, b"%PDF-")


def test_an_empty_paper_and_one_of_a_strangers_return_are_refused(place: Any, now: datetime) -> None:
    stranger = PersonFactory()
    annual = handed_in_return(place, now=now)
    for kind, of in ((PaperKind.STATEMENT, None), (PaperKind.DOSSIER, None), (PaperKind.ANNUAL_RETURN, annual)):
        order = order_for(person=stranger, kind=kind, language="en", now=now, of=of)
        with pytest.raises(NothingToPrint):
            ask_for_paper(order=order, owner="user:1", now=now)


def test_a_letter_that_cannot_be_printed_is_named_when_asked_for(now: datetime) -> None:
    place = claimant_at(person__real_name="段\U0002a6a5博")
    make_points(person=place.person, organisation=place.cohort.organisation)
    order = order_for(person=place.person, kind=PaperKind.STATEMENT, language="zh-hans", now=now)
    with pytest.raises(GlyphMissing, match=r"U\+2A6A5"):
        ask_for_paper(order=order, owner="user:1", now=now)


def test_a_line_that_vanished_is_told_by_the_check(place: Any, now: datetime) -> None:
    paper = CreditPaper.objects.create(
        person=place.person,
        kind=PaperKind.STATEMENT,
        language="en",
        lines=1,
        head="f" * 64,
        sha256="a" * 64,
        made_at=now,
    )
    found = check(paper.uid.hex)
    assert found is not None
    assert (found.stands, found.seal) == (False, None)
