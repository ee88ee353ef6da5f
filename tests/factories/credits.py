"""Ledger lines are made by the verbs that make them: a line outside a chain would be a lie."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from lms.credits.enums import CreditKind
from lms.credits.models import CreditLine, HourLine
from lms.credits.services.hours import post_class_hours
from lms.credits.services.points import post_award, post_points
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import OrganisationFactory

_numbers = count(1)
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def _common(given: dict[str, Any], prefix: str) -> dict[str, Any]:
    person, organisation = given.pop("person", None), given.pop("organisation", None)
    return {
        "person_id": (person or PersonFactory()).pk,
        "organisation_id": (organisation or OrganisationFactory()).pk,
        "source": f"{prefix}:{next(_numbers)}",
        "occurred_at": BEGINNING,
        "now": BEGINNING,
    }


def make_hours(**given: Any) -> HourLine:
    """A posted hour line: 25 minutes of public knowledge unless said otherwise."""
    return post_class_hours(**{**_common(given, "courses.item"), "module": "public-knowledge", "minutes": 25, **given})


def make_points(**given: Any) -> CreditLine:
    """A posted credit line: an exam passed unless said otherwise."""
    return post_points(**{**_common(given, "exams.seat"), "kind": CreditKind.EXAM, "rule": "exam-passed", **given})


def make_award(**given: Any) -> CreditLine | None:
    """A posted piece of transfer work: a demand filed, under the shipped rules, unless said otherwise."""
    common = _common(given, "credits.claim")
    del common["occurred_at"]
    day = {"occurred_on": NOON.date(), "now": NOON}
    return post_award(**{**common, **day, "rule": "demand-filed", **given})
