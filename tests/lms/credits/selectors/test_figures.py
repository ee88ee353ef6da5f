from datetime import datetime
from decimal import Decimal

import pytest
from django.db.models import Sum

from lms.credits.models import HourLine
from lms.credits.selectors.figures import hundredths
from lms.credits.selectors.statement import hours_by_module, statement
from lms.credits.services.hours import post_class_hours
from lms.credits.services.reversal import reverse
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory


@pytest.mark.unit
@pytest.mark.parametrize(
    ("total", "exact"), [(None, "0.00"), (Decimal("0.0600000000000001"), "0.06"), (Decimal(-3), "-3.00")]
)
def test_sums_come_back_to_two_places(total: Decimal | None, exact: str) -> None:
    assert str(hundredths(total)) == exact


@pytest.mark.room
@pytest.mark.db
@pytest.mark.django_db
def test_a_statement_shows_no_floating_rest(now: datetime) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    lines = [
        post_class_hours(
            person_id=person.pk,
            organisation_id=base.pk,
            module="public-knowledge",
            minutes=minutes,
            source=f"test:{number}",
            occurred_at=now,
            now=now,
        )
        for number, minutes in enumerate((3, 21))
    ]
    reverse(line=lines[1], reason="double entry of the same class", actor="test", now=now)
    assert HourLine.objects.aggregate(sum=Sum("class_hours"))["sum"] == pytest.approx(Decimal("0.06"))
    assert str(hours_by_module(person.pk)[0].figure) == "0.06"
    assert [str(line.running) for line in statement(person.pk).hour_lines.lines] == ["0.06", "0.53", "0.06"]
