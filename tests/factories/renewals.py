"""Certificates near their end, with the shipped rules of renewal."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from certificates.models import Certificate
from certificates.selectors.certificates import certificate_by_id
from lms.accounts.models import Person
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme

from .certificates import Bench

_numbers = count()


def noon(day: date) -> datetime:
    """Noon of a day in Beijing."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def rules(now: datetime) -> None:
    """The shipped version that says how to renew is in force."""
    load_scheme("ttm-2026-4", now=now)


def certificate_until(bench: Bench, last: date, *, person: Person | None = None) -> Certificate:
    """A certificate of the bench whose last valid day is `last`: it was issued three years earlier, and a day."""
    issued = date(last.year - 3, last.month, last.day) + timedelta(days=1)
    certificate = bench.issue(noon(issued), person=person)
    assert certificate.valid_until == last
    return certificate_by_id(certificate.pk)


def post(person: Person, kind: FactKind, ref: str, value: str, day: date) -> None:
    """A fact of a day, as a ledger would report it."""
    record_fact(
        person_id=person.pk,
        kind=kind,
        ref=ref,
        value=Decimal(value),
        source=f"tests.renewals:{next(_numbers)}",
        occurred_at=noon(day),
        now=noon(day),
    )


def renew_rightly(person: Person, day: date, *, points: str = "15.00") -> None:
    """Everything that the renewal of a junior certificate asks for, on one day; more credits to reinstate."""
    post(person, FactKind.CONTRIBUTION, "contract", points, day)
    post(person, FactKind.CLASS_HOURS, "policy-and-law", "4.00", day)
