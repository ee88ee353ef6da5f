from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.credits.enums import PaperKind
from lms.credits.models import CreditPaper
from lms.credits.services.papers import pdf_of
from lms.credits.services.sealing import seal_books
from lms.jobs.services.work import drain
from lms.kernel.clock import HeldClock
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.credits import make_points
from tests.factories.standing import printed_paper

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def holder() -> Any:
    place = claimant_at(person__real_name="段文博")
    make_points(person=place.person, organisation=place.cohort.organisation)
    return place.person


def test_a_statement_is_asked_for_printed_and_fetched(clock: HeldClock, now: datetime) -> None:
    person = holder()
    client = signed_in(person)
    asked = client.post("/en/me/credits/papers/", {"kind": "statement", "year": "2026"}, follow=True)
    assert "The paper is being printed" in asked.content.decode()
    assert asked["Refresh"] == "5"
    drain(now=now)
    listed = client.get("/en/me/credits/papers/")
    paper = CreditPaper.objects.get()
    assert f"/en/me/credits/papers/{paper.uid}.pdf" in listed.content.decode()
    assert not listed.has_header("Refresh")
    file = client.get(f"/me/credits/papers/{paper.uid}.pdf")
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in file["Cache-Control"]
    again = client.post("/en/me/credits/papers/", {"kind": "statement", "year": "2026"}, follow=True)
    assert "printed before" in again.content.decode()


def test_an_empty_paper_is_refused_in_words(clock: HeldClock) -> None:
    client = signed_in(PersonFactory())
    for kind in ("statement", "dossier"):
        told = client.post("/en/me/credits/papers/", {"kind": kind}, follow=True).content.decode()
        assert "There is nothing to print yet" in told


@pytest.mark.parametrize("kind", ["annual-return", "", "certificate"])
def test_only_statements_and_dossiers_are_asked_for_here(kind: str, clock: HeldClock) -> None:
    assert signed_in(holder()).post("/me/credits/papers/", {"kind": kind}).status_code == 404


def test_nobody_fetches_another_s_paper(clock: HeldClock, now: datetime) -> None:
    paper = printed_paper(holder(), PaperKind.STATEMENT, now=now)
    assert signed_in(PersonFactory()).get(f"/me/credits/papers/{paper.uid}.pdf").status_code == 404


def test_anybody_checks_a_paper_by_code_hash_or_file_and_reads_no_name(
    client: Client, clock: HeldClock, now: datetime
) -> None:
    paper = printed_paper(holder(), PaperKind.STATEMENT, now=now)
    seal_books(now=now)
    file = SimpleUploadedFile("statement.pdf", pdf_of(paper), content_type="application/pdf")
    typed = " ".join(paper.uid.hex.upper()[at : at + 4] for at in range(0, 32, 4))
    answers = [
        client.get(f"/en/ledger/check/?c={paper.uid.hex}"),
        client.post("/en/ledger/check/", {"code": typed}),
        client.post("/en/ledger/check/", {"code": paper.sha256}),
        client.post("/en/ledger/check/", {"by_file": "1", "file": file}),
    ]
    for answer in answers:
        told = answer.content.decode()
        assert answer.status_code == 200
        assert "Issued here" in told
        assert paper.head in told
        assert "line 1 of this person" in told
        assert "under seal no. 1" in told
        assert "段文博" not in told
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_what_was_never_issued_is_not_found(client: Client) -> None:
    file = SimpleUploadedFile("other.pdf", b"%PDF-1.7 something else", content_type="application/pdf")
    answers = [
        client.get(f"/en/ledger/check/?c={'0' * 32}"),
        client.post("/en/ledger/check/", {"code": "a" * 64}),
        client.post("/en/ledger/check/", {"by_file": "1", "file": file}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert all("No such paper" in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("code", ["", "abc", "g" * 32, "１" * 32, "0" * 33, "' OR 1=1 --"])
def test_what_is_no_code_is_told_so(code: str, client: Client) -> None:
    answer = client.post("/en/ledger/check/", {"code": code})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("papers", [1, 30])
def test_the_list_costs_the_same_however_many_papers(
    papers: int, clock: HeldClock, django_assert_num_queries: Any
) -> None:
    person = holder()
    rows = [
        CreditPaper(
            person=person, kind="statement", language="en", lines=1, head="", sha256=f"{one:064d}", made_at=clock.at
        )
        for one in range(papers)
    ]
    CreditPaper.objects.bulk_create(rows)
    signed_in(PersonFactory()).get("/me/credits/papers/")
    client = signed_in(person)
    cache.clear()
    # 2 for the sign-in, 2 for the frame; the person, its last job, the years, how many papers, and a page of them
    with django_assert_num_queries(9):
        told = client.get("/me/credits/papers/").content.decode()
    assert told.count("paper-code") == min(papers, 20)
