"""The fast spelling of a line is the model's own payload, whatever the line says; and neither names anybody."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.enums import Book, CreditKind, Verification
from lms.credits.models import CreditLine, HourLine
from lms.credits.models.line import FORMAT
from lms.credits.services.spelling import TEXTS, columns, speller
from lms.records.validators import canonical_json
from lms.schemes.enums import ModuleCode

pytestmark = pytest.mark.unit

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
ZONES = [UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/St_Johns")]
MOMENTS = st.builds(
    lambda day, part, zone: datetime.combine(day, time(), zone) + timedelta(microseconds=part),
    DAYS,
    st.just(0) | st.integers(0, 86_400_000_000),
    st.sampled_from(ZONES),
)
HASHES = st.sampled_from(["", "0" * 64, "ab" * 32])
COMMON = {
    "format": st.integers(1, FORMAT),
    "organisation_id": st.integers(1, 2**40),
    "source": TEXT,
    "note": TEXT,
    "commitment": HASHES,
    "evidence": TEXT,
    "evidence_hash": HASHES,
    "verifier": TEXT,
    "verification": st.sampled_from(Verification),
    "rule_version": TEXT,
    "occurred_at": MOMENTS,
    "recorded_at": MOMENTS,
    "occurred_on": DAYS,
    "year": st.integers(1990, 2100),
    "valid_from": st.none() | DAYS,
    "valid_to": st.none() | DAYS,
    "reversal_of_id": st.none() | st.integers(1, 2**40),
}
POINTS = st.decimals("-9999.99", "9999.99", places=2)
LINES = st.one_of(
    st.builds(HourLine, module=st.sampled_from(ModuleCode), minutes=st.integers(-600, 600), **COMMON),
    st.builds(CreditLine, kind=st.sampled_from(CreditKind), rule=TEXT, points=POINTS, **COMMON),
)
# All that a payload may name: references, figures, days and commitments. A new name is thought about here first.
NAMES = {
    "commitment", "evidence", "evidence_hash", "format", "kind", "minutes", "module", "occurred_at", "occurred_on",
    "organisation", "points", "recorded_at", "reversal_of", "rule", "rule_version", "source", "valid_from", "valid_to",
    "verification", "verifier", "year",
}  # fmt: skip


def by_postgres(at: datetime) -> str:
    """A moment as PostgreSQL tells it: no noughts at the end of a second's parts."""
    told = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return f"{told.rstrip('0').rstrip('.') if '.' in told else told}+00"


def by_sqlite(at: datetime) -> str:
    return str(at.astimezone(UTC).replace(tzinfo=None))


def elsewhere(at: datetime) -> str:
    """As a session in another zone would tell it."""
    return str(at.astimezone(ZoneInfo("Asia/Shanghai")))


@given(LINES, st.sampled_from([by_postgres, by_sqlite, elsewhere]))
def test_a_row_is_spelt_as_the_line_says_it(line: HourLine | CreditLine, told: Callable[[datetime], str]) -> None:
    given_columns = columns(line.book)
    texts = {"occurred_text": told(line.occurred_at), "recorded_text": told(line.recorded_at)}
    row = [texts.get(name, getattr(line, name, None)) for name in given_columns]
    spelt = speller(line.book, given_columns, line.format)(row)
    assert spelt == canonical_json(line.payload()).decode()


@given(LINES, TEXT.filter(lambda words: len(words) > 3))
def test_no_words_are_hashed_but_in_the_old_format(line: HourLine | CreditLine, words: str) -> None:
    line.format, line.note = FORMAT, words
    told = line.payload()
    assert set(told) <= NAMES
    assert "note" not in told
    assert {name: told[name] for name in ("commitment", "organisation")} == {
        "commitment": line.commitment,
        "organisation": line.organisation_id,
    }


def test_every_column_that_is_spelt_is_one_of_the_table() -> None:
    for book, model in ((Book.HOURS, HourLine), (Book.CREDITS, CreditLine)):
        assert set(columns(book)) - set(TEXTS) <= {field.attname for field in model._meta.concrete_fields}
