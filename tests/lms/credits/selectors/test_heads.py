import json
from datetime import datetime

import pytest
from django.test import Client

from lms.credits.enums import Book
from lms.credits.selectors.heads import head_of, published_heads
from lms.credits.services.sealing import seal_books
from lms.records.services.chain import begin_chain
from lms.records.services.sealing import inclusion_proof
from tests.factories.credits import make_hours, make_points
from tests.factories.records import audit_events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_every_book_tells_where_it_stands_and_its_newest_seal(now: datetime) -> None:
    line = make_hours()
    make_hours(person=line.person)
    audit_events(2)
    seal_books(now=now)
    later = make_hours(person=line.person)
    told = published_heads()
    assert (told["hours"]["people"], told["hours"]["lines"], told["hours"]["seal"]["lines"]) == (1, 3, 2)
    assert told["credits"] == {"people": 0, "lines": 0, "head": told["credits"]["head"], "seal": None}
    assert (told["audit"]["seal"]["number"], told["audit"]["seal"]["chains"]) == (1, 1)
    proof = inclusion_proof(book="hours", owner=str(line.person.uid))
    assert proof.seal["hash"] == told["hours"]["seal"]["hash"]
    assert head_of(Book.HOURS, str(line.person.uid)) == later.hash


def test_a_chain_begun_without_a_line_counts_as_nobody(now: datetime) -> None:
    begin_chain(book="credits", owner="somebody", now=now)
    assert (published_heads()["credits"]["people"], seal_books(now=now)) == (0, {})


def test_the_page_names_nobody(now: datetime, clock) -> None:
    line = make_points(note="某某公司的合同")
    seal_books(now=now)
    answer = Client().get("/ledger/heads.json")
    document = json.loads(answer.content)
    assert (document["schema"], sorted(document["books"])) == (2, ["audit", "credits", "hours"])
    assert document["books"]["credits"]["seal"]["number"] == 1
    for secret in (line.person.real_name, str(line.person.uid), "某某"):
        assert secret not in answer.content.decode()
