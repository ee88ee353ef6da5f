from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState
from lms.credits.models import Claim, CreditLine
from lms.credits.services.claiming import BeforeTheScheme, ClaimIncomplete, ClaimWithoutTitle, WorkAhead
from lms.credits.services.granting import grant
from lms.credits.services.putting import NotByTheDesk, NotYoursToWrite, WrittenBefore
from lms.mailing.models import Notice
from tests.factories.accounts import BEGINNING
from tests.factories.claims import claimant_at
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.judged import confirmer_at, entry_for

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def place():
    return claimant_at()


def give(place, **given):
    user = given.pop("user", None) or confirmer_at(place.cohort.organisation)
    options = {"request_id": uuid4(), "now": BEGINNING, "entry": entry_for(place), **given}
    return grant(user=user, **options)


def test_what_an_organisation_knows_itself_is_posted_at_once(place) -> None:
    user = confirmer_at(place.cohort.organisation)
    done = give(place, user=user)
    line = CreditLine.objects.get()
    assert (done.claim.state, [each.pk for each in done.lines]) == (ClaimState.CONFIRMED, [line.pk])
    assert (line.person_id, line.points, line.rule) == (place.person.pk, Decimal("1.50"), "teaching")
    assert (line.verification, line.verifier) == ("organisation-confirmed", f"user:{user.pk}")
    notice = Notice.objects.get(kind="credits-granted")
    assert (notice.user_id, notice.context["points"]) == (place.person.user_id, "1.50")


def test_sent_twice_it_is_granted_once_and_with_other_words_refused(place) -> None:
    user, number = confirmer_at(place.cohort.organisation), uuid4()
    first, again = (give(place, user=user, request_id=number) for _click in range(2))
    assert [line.pk for line in again.lines] == [line.pk for line in first.lines]
    assert (Claim.objects.count(), CreditLine.objects.count()) == (1, 1)
    other = entry_for(claimant_at(place.cohort.organisation))
    with pytest.raises(WrittenBefore):
        give(place, user=user, request_id=number, entry=other)


def test_nobody_grants_to_themselves_or_for_another_organisation(place) -> None:
    own = place.person.user
    RoleGrantFactory(user=own, organisation=place.cohort.organisation, role=Role.BASE_MANAGER)
    elsewhere = confirmer_at(claimant_at().cohort.organisation)
    trainer = confirmer_at(place.cohort.organisation, Role.TRAINER)
    for user in (own, elsewhere, trainer):
        with pytest.raises(NotYoursToWrite):
            give(place, user=user)
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"rule": "demand-filed"}, NotByTheDesk),
        ({"rule": "violation-minor"}, NotByTheDesk),
        ({"rule": "no-such-rule"}, NotByTheDesk),
        ({"title": "  "}, ClaimWithoutTitle),
        ({"fields": {"topic": "合同登记"}}, ClaimIncomplete),
        ({"occurred_on": date(2014, 12, 31)}, BeforeTheScheme),
        ({"occurred_on": BEGINNING.date() + timedelta(days=2)}, WorkAhead),
    ],
)
def test_what_the_rules_do_not_let_be_written_is_refused(place, wrong, refusal) -> None:
    with pytest.raises(refusal):
        give(place, entry=replace(entry_for(place), **wrong))
    assert (Claim.objects.count(), CreditLine.objects.count()) == (0, 0)
