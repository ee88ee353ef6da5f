from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.credits.services.reversal import reverse
from lms.credits.services.sealing import seal_books
from lms.records.services.sealing import InclusionProof, verify_inclusion
from tests.factories.accounts import BEGINNING, PersonFactory, UserFactory
from tests.factories.credits import make_hours, make_points

pytestmark = [pytest.mark.face, pytest.mark.django_db]

# 2 for the sign-in, 2 for the frame of the desk; then the person, 2 sums, 2 pages and their words, 2 heads and 2 seals
QUERIES = 15


def page(user, path: str = "/me/ledger/") -> str:
    client = Client()
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/me/ledger/")["Location"] == "/accounts/login/?next=/me/ledger/"


def test_a_sign_in_without_a_person_has_no_statement(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/me/ledger/").status_code == 404


def test_the_statement_says_what_each_line_came_from_in_both_languages(now: datetime) -> None:
    person = PersonFactory()
    line = make_hours(person=person, minutes=45, note="第一课：技术转移是什么", occurred_at=now)
    make_points(person=person)
    make_points(
        person=person, kind="simulation", rule="simulation-passed", source="simulations.scenario:1:d-01-gas-heater"
    )
    back = reverse(line=line, reason="登记错了", actor="user:1", now=now)
    english = page(person.user, "/en/me/ledger/")
    for words in (
        "A lesson that was completed",
        "An exam that was passed",
        "A deal simulation that was passed",
        "第一课：技术转移是什么",
        "Taken back: line 1",
        "taken back by line 2",
        "登记错了",
        "−1.00",
        "+2.00",
        "2026-11-22 12:00",
        back.hash,
    ):
        assert words in english
    assert "一课学完" in page(person.user)


def test_nobody_sees_another_s_lines() -> None:
    make_hours(note="别人的课")
    assert "别人的课" not in page(PersonFactory().user)


def test_a_running_sum_stands_beside_every_line_and_old_lines_on_further_pages(now: datetime) -> None:
    person = PersonFactory()
    for number in range(25):
        make_hours(person=person, minutes=45, occurred_at=BEGINNING + timedelta(hours=number))
    newest, oldest = page(person.user), page(person.user, "/me/ledger/?hours=2")
    assert "<span>25.00</span>" in newest
    assert "<span>1.00</span>" not in newest
    assert "<span>1.00</span>" in oldest
    assert "<span>25.00</span>" not in oldest


@pytest.mark.parametrize("asked", ["0", "-1", "999999", "two", "²"])
def test_an_odd_page_number_is_no_fault(asked: str) -> None:
    page(make_hours().person.user, f"/me/ledger/?hours={asked}")


@pytest.mark.parametrize("lines", [10, 1000])
def test_the_number_of_queries_does_not_grow_with_the_lines(
    lines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, organisation = PersonFactory(), make_points().organisation
    for _ in range(lines):
        make_hours(person=person, organisation=organisation)
    make_points(person=person, organisation=organisation)
    page(PersonFactory().user)
    client = Client()
    client.force_login(person.user)
    cache.clear()
    with django_assert_num_queries(QUERIES):
        response = client.get("/me/ledger/")
    assert response.content.decode().count('<th scope="row"') == min(lines, 20) + 1
    assert ("hours=2" in response.content.decode()) == (lines > 20)


def test_the_newest_line_s_seal_is_told_and_its_proof_holds_outside_this_platform(now: datetime) -> None:
    person = PersonFactory()
    make_points(person=person)
    make_points()
    client = Client()
    client.force_login(person.user)
    assert "Not sealed yet" in client.get("/en/me/ledger/").content.decode()
    assert client.get("/me/ledger/proof.json").status_code == 404
    seal_books(now=now)
    told = client.get("/en/me/ledger/").content.decode()
    assert "Sealed up to line 1 under seal no. 1," in told
    proof = client.get("/me/ledger/proof.json").json()
    assert (proof.pop("schema"), proof["seq"], proof["owner"]) == (1, 1, str(person.uid))
    assert verify_inclusion(InclusionProof(**proof))
    assert not verify_inclusion(InclusionProof(**{**proof, "hash": "0" * 64}))


@pytest.mark.parametrize("book", ["audit", "", "x"])
def test_only_the_two_books_have_proofs(book: str) -> None:
    client = Client()
    client.force_login(PersonFactory().user)
    assert client.get(f"/me/ledger/proof.json?book={book}").status_code == 404


def test_a_line_says_how_it_is_vouched_for_and_until_when() -> None:
    line = make_points()
    told = page(line.person.user, "/en/me/ledger/")
    assert "Measured by this platform" in told
    assert f'datetime="{line.valid_to:%Y-%m-%d}"' in told
