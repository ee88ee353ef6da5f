from datetime import datetime, timedelta

import pytest

from lms.credits.services.sealing import seal_books
from lms.jobs.services.registry import find
from lms.records.models import Seal
from lms.records.services.sealing import inclusion_proof, verify_inclusion
from tests.factories.credits import make_hours, make_points
from tests.factories.records import audit_events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_each_book_that_moved_gets_its_seal_and_a_second_round_none(now: datetime) -> None:
    line = make_hours()
    audit_events(2)
    assert seal_books(now=now) == {"hours": 1, "audit": 1}
    assert seal_books(now=now) == {}
    make_points(person=line.person)
    assert seal_books(now=now + timedelta(hours=1)) == {"credits": 1}
    for book in ("hours", "credits"):
        proof = inclusion_proof(book=book, owner=str(line.person.uid))
        assert (proof.seq, verify_inclusion(proof)) == (1, True)


def test_the_work_comes_round_every_hour(now: datetime) -> None:
    make_hours()
    task = find("credits.seal-books")
    assert (task.every, task.atomic) == (timedelta(hours=1), True)
    task.handler(job=None, now=now)
    task.handler(job=None, now=now)
    assert list(Seal.objects.values_list("book", "number", "at")) == [("hours", 1, now)]
