import pytest

from lms.records.selectors.books import audit_heads
from lms.records.services.audit import record

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_the_head_is_that_of_the_last_line_of_its_own_chain(now, django_assert_num_queries) -> None:
    record(action="a", actor="user:1", subject="x:1", organisation="TAAA", now=now)
    last = record(action="b", actor="user:1", subject="x:1", organisation="TAAA", now=now)
    record(action="c", actor="user:1", subject="x:1", organisation="TBBB", now=now)
    with django_assert_num_queries(1):
        heads = audit_heads(["TAAA", "TCCC"])
    head = heads["TAAA"]
    assert (head.lines, head.head, head.moved_at) == (2, last.hash, now)
    assert list(heads) == ["TAAA"]
