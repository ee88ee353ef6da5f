"""Any edit of a chain is found, and the line named is the first that does not fit."""

from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

import pytest
from django.db.models import Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lms.records.models import ChainHead
from lms.records.selectors.chain import combined_head, heads
from lms.records.services.chain import (
    GENESIS,
    Line,
    append_link,
    begin_chain,
    hold_head,
    link_hash,
    move_head,
    next_link,
    verify_book,
    verify_links,
)
from lms.records.validators import canonical_json
from tests.conftest import NOON

pytestmark = [pytest.mark.room, pytest.mark.django_db]

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
PAYLOADS = st.dictionaries(WORDS, WORDS | st.integers() | st.booleans(), max_size=3)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def write(payloads: list[dict], *, book: str = "hours", owner: str = "person:1") -> list[Line]:
    lines = []
    for payload in payloads:
        link = append_link(book=book, owner=owner, payload=payload, now=NOON)
        lines.append((link.seq, link.previous_hash, link.hash, payload))
    return lines


class ChainProperties(TestCase):
    """The chain against a forger who may do one thing to it."""

    @FEW
    @given(st.lists(PAYLOADS, max_size=6))
    def test_an_untouched_chain_is_whole(self, payloads: list[dict]) -> None:
        lines = write(payloads)
        assert asdict(verify_links("hours", "person:1", lines)) == {
            "ok": True,
            "lines": len(payloads),
            "first_broken": None,
            "head": lines[-1][2] if lines else GENESIS,
        }

    @FEW
    @given(st.lists(PAYLOADS, min_size=1, max_size=6), st.data())
    def test_an_edited_line_is_the_first_broken_one(self, payloads: list[dict], data: st.DataObject) -> None:
        lines = write(payloads)
        at = data.draw(st.integers(0, len(lines) - 1))
        seq, previous_hash, own_hash, payload = lines[at]
        forged = data.draw(
            st.sampled_from(
                [
                    (seq, previous_hash, own_hash, {**payload, "forged": True}),
                    (seq + 1, previous_hash, own_hash, payload),
                    (seq, "f" * 64, own_hash, payload),
                    (seq, previous_hash, "f" * 64, payload),
                ]
            )
        )
        report = verify_links("hours", "person:1", [*lines[:at], forged, *lines[at + 1 :]])
        assert (report.ok, report.first_broken) == (False, at + 1)

    @FEW
    @given(st.lists(PAYLOADS, min_size=1, max_size=6), st.data())
    def test_a_line_left_out_is_the_first_broken_one(self, payloads: list[dict], data: st.DataObject) -> None:
        lines = write(payloads)
        at = data.draw(st.integers(0, len(lines) - 1))
        report = verify_links("hours", "person:1", lines[:at] + lines[at + 1 :])
        assert (report.ok, report.first_broken) == (False, at + 1)

    @FEW
    @given(st.lists(PAYLOADS, min_size=1, max_size=6), st.data())
    def test_a_forger_who_hashes_again_is_found_at_the_next_line(
        self, payloads: list[dict], data: st.DataObject
    ) -> None:
        lines = write(payloads)
        at = data.draw(st.integers(0, len(lines) - 1))
        seq, previous_hash, _own, payload = lines[at]
        forged = {**payload, "forged": True}
        new_hash = link_hash(book="hours", owner="person:1", seq=seq, previous_hash=previous_hash, payload=forged)
        lines[at] = (seq, previous_hash, new_hash, forged)
        report = verify_links("hours", "person:1", lines)
        # The last line has no next one: there the head gives the forger away.
        assert (report.ok, report.first_broken) == (False, min(at + 2, len(lines)))

    @FEW
    @given(st.lists(PAYLOADS, min_size=2, max_size=6), st.data())
    def test_two_lines_exchanged_break_at_the_earlier(self, payloads: list[dict], data: st.DataObject) -> None:
        lines = write(payloads)
        at = data.draw(st.integers(0, len(lines) - 2))
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
        assert verify_links("hours", "person:1", lines).first_broken == at + 1


def test_a_line_added_past_the_head_is_found() -> None:
    lines = write([{"minutes": 25}])
    own_hash = link_hash(book="hours", owner="person:1", seq=2, previous_hash=lines[0][2], payload={"minutes": 900})
    report = verify_links("hours", "person:1", [*lines, (2, lines[0][2], own_hash, {"minutes": 900})])
    assert (report.ok, report.lines, report.first_broken) == (False, 2, 2)


def test_a_chain_of_another_owner_does_not_pass_for_this_one() -> None:
    write([{"minutes": 25}], owner="person:1")
    other = write([{"minutes": 25}], owner="person:2")
    assert verify_links("hours", "person:1", other).first_broken == 1


def test_owners_and_books_have_chains_of_their_own(now: datetime) -> None:
    for book, owner in [("hours", "a"), ("hours", "b"), ("credits", "a"), ("hours", "a")]:
        append_link(book=book, owner=owner, payload={}, now=now)
    standing = ChainHead.objects.order_by("book", "owner").values_list("book", "owner", "seq")
    assert list(standing) == [("credits", "a", 1), ("hours", "a", 2), ("hours", "b", 1)]
    assert list(heads("hours").values_list("owner", "seq")) == [("a", 2), ("b", 1)]


def test_the_combined_head_moves_with_every_line_of_its_book_only(now: datetime) -> None:
    before = combined_head("hours"), combined_head("credits")
    append_link(book="hours", owner="a", payload={}, now=now)
    after = combined_head("hours"), combined_head("credits")
    assert after[0] != before[0]
    assert after[1] == before[1]
    assert len(set(before)) == 2


def test_a_book_is_whole_when_every_chain_is() -> None:
    chains = {owner: write([{"n": 1}, {"n": 2}], owner=owner) for owner in ("a", "b")}
    report = verify_book("hours", chains.items())
    assert asdict(report) == {
        "ok": True,
        "lines": 4,
        "first_broken": None,
        "head": combined_head("hours"),
    }


def test_a_book_names_owner_and_line_of_the_first_fault() -> None:
    chains = {owner: write([{"n": 1}, {"n": 2}], owner=owner) for owner in ("a", "b", "c")}
    chains["b"][1] = (*chains["b"][1][:3], {"n": 3})
    assert verify_book("hours", chains.items()).first_broken == "b#2"


def test_a_chain_whose_lines_have_all_gone_shows_by_its_head() -> None:
    chains = {owner: write([{"n": 1}], owner=owner) for owner in ("a", "b")}
    del chains["a"]
    report = verify_book("hours", chains.items())
    assert (report.ok, report.lines, report.first_broken) == (False, 1, "a#1")


@given(WORDS, WORDS, st.integers(1, 2**40), PAYLOADS)
def test_a_line_spelt_piece_by_piece_hashes_as_the_whole(book: str, owner: str, seq: int, payload: dict) -> None:
    line = {"book": book, "owner": owner, "seq": seq, "previous_hash": GENESIS, "payload": payload}
    given_hash = link_hash(book=book, owner=owner, seq=seq, previous_hash=GENESIS, payload=payload)
    assert given_hash == sha256(canonical_json(line)).hexdigest()


def test_a_line_already_spelt_is_read_like_the_line_itself() -> None:
    lines = write([{"minutes": 25}, {"minutes": 26}])
    spelt = [(*line[:3], canonical_json(line[3]).decode()) for line in lines]
    assert verify_links("hours", "person:1", spelt) == verify_links("hours", "person:1", lines)
    spelt[1] = (*spelt[1][:3], '{"minutes":27}')
    assert verify_links("hours", "person:1", spelt).first_broken == 2


def test_a_head_is_held_with_what_was_asked_beside_it_and_moved_in_two_statements(
    now: datetime, django_assert_num_queries
) -> None:
    assert hold_head(book="hours", owner="a") is None
    begin_chain(book="hours", owner="a", now=now)
    begin_chain(book="hours", owner="a", now=now)
    with django_assert_num_queries(2):
        held = hold_head(book="hours", owner="a", beside={"seven": Value(7)})
        link = next_link(held, {"minutes": 25})
        move_head(held, link, now=now)
    assert (held.seq, held.hash, held.beside) == (0, GENESIS, {"seven": 7})
    assert verify_links("hours", "a", [(1, GENESIS, link.hash, {"minutes": 25})]).ok


def test_a_chain_begun_without_a_line_is_no_fault(now: datetime) -> None:
    begin_chain(book="hours", owner="a", now=now)
    assert verify_book("hours", []).ok
    assert list(heads("hours")) == []
