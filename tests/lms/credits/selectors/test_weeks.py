from datetime import date, timedelta

import pytest

from lms.cohorts.models import Organisation
from lms.credits.selectors.weeks import BY_ORGANISATION, BY_WEEK, minutes_by_organisation, minutes_by_week
from lms.kernel.tallies import gather, week_key
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credits import make_hours

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_minutes_are_counted_by_week_at_the_organisations_asked_for(now) -> None:
    here, there = OrganisationFactory(), OrganisationFactory()
    make_hours(organisation=here, minutes=30, occurred_at=now)
    make_hours(organisation=here, minutes=60, occurred_at=now - timedelta(days=7))
    make_hours(organisation=here, minutes=90, occurred_at=now - timedelta(days=70))
    make_hours(organisation=there, minutes=7, occurred_at=now)
    own = Organisation.objects.filter(pk=here.pk)
    told = gather(minutes_by_week(own, date(2026, 11, 9)), minutes_by_organisation(Organisation.objects.all()))
    assert told.by_key(BY_WEEK) == {week_key(date(2026, 11, 9)): 60, week_key(date(2026, 11, 16)): 30}
    assert told.by_key(BY_ORGANISATION) == {here.pk: 180, there.pk: 7}
