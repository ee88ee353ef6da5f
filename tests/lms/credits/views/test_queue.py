from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState, ShareState
from lms.credits.models import Claim, ClaimShare, CreditLine
from lms.credits.selectors.queue import claims_waiting
from lms.credits.services.judging import pass_on
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.judged import confirmed, confirmer_at, small_claim

pytestmark = [pytest.mark.face, pytest.mark.django_db]
QUEUE, BULK = "/desk/credits/claims/", "/desk/credits/claims/bulk/"


@pytest.fixture
def place(clock):
    return claimant_at()


@pytest.fixture
def manager(place):
    return confirmer_at(place.cohort.organisation)


@pytest.fixture
def visit(manager) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def many(pattern: Claim, number: int) -> None:
    """So many claims like one that was handed in."""
    kept = {name: getattr(pattern, name) for name in ("organisation", "rules", "rule", "kind", "fields")}
    own = {"state": ClaimState.SUBMITTED, "round": 1, "submitted_at": NOON, "created_at": NOON, "changed_at": NOON}
    rows = [
        Claim(
            person=PersonFactory(),
            title=f"需求 {each}",
            occurred_on=date(2026, 8, 1),
            due_on=date(2026, 12, 1),
            **kept,
            **own,
        )
        for each in range(number)
    ]
    Claim.objects.bulk_create(rows)
    shares = [
        ClaimShare(claim=row, person=row.person, percent=100, state=ShareState.AGREED, answered_at=NOON)
        for row in Claim.objects.filter(title__startswith="需求 ").select_related("person")
    ]
    ClaimShare.objects.bulk_create(shares)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_queue_costs_the_same_with_few_and_with_many(
    number: int, place, manager, django_assert_num_queries
) -> None:
    pattern = small_claim(place=place)
    many(pattern, number - 1)
    other = confirmer_at(place.cohort.organisation)
    warm, cold = Client(), Client()
    warm.force_login(other)
    warm.get(QUEUE)
    cold.force_login(manager)
    cache.clear()
    with django_assert_num_queries(8):
        page = cold.get(QUEUE).text
    assert page.count('name="claim"') == min(number, 20)


def test_what_waits_comes_first_and_the_oldest_at_the_top(place, manager, visit) -> None:
    young = small_claim(place=place, title="后交的", now=BEGINNING + timedelta(days=2))
    old = small_claim(place=place, title="先交的")
    done = confirmed(small_claim(place=place, title="已办的"), manager).claim
    assert [each.claim.pk for each in visit.get(QUEUE).context["rows"]] == [old.pk, young.pk, done.pk]


def test_the_filter_narrows_to_kind_state_day_and_people(place, manager, visit) -> None:
    small = small_claim(place=place)
    large = handed_in_claim(place, amount="90000000.00")
    confirmed(large, manager)

    def shown(query: str) -> list[int]:
        return sorted(row.claim.pk for row in visit.get(f"{QUEUE}?{query}").context["rows"])

    assert shown("kind=demand") == [small.pk]
    assert shown("people=half") == [large.pk]
    assert shown("people=one") == [small.pk]
    assert shown("state=rejected") == []
    assert shown("due=overdue") == sorted([small.pk, large.pk])  # handed in long before this noon
    assert shown("due=soon") == []
    assert shown("kind=nonsense&state=draft&due=1&people=x") == sorted([small.pk, large.pk])
    assert "逾期" in visit.get(QUEUE).text


def test_only_what_one_person_may_confirm_can_be_ticked(place, manager, visit) -> None:
    small = small_claim(place=place)
    small_claim(place=place, title="份额未答", partners=[(PersonFactory(), Decimal(40))], agreed=False)
    handed_in_claim(place, amount="90000000.00")
    left = small_claim(place=place, title="有利害")
    pass_on(claim=left, user=manager, reason="亲属", now=BEGINNING)
    ticked = [row.claim.pk for row in visit.get(QUEUE).context["rows"] if row.choosable]
    assert ticked == [small.pk]


def test_what_waits_for_somebody_is_counted_in_one_query(place, manager, django_assert_num_queries) -> None:
    small_claim(place=place)
    half = handed_in_claim(place, amount="90000000.00")
    confirmed(half, manager)
    left = small_claim(place=place, title="有利害")
    pass_on(claim=left, user=manager, reason="亲属", now=BEGINNING)
    small_claim(place=place, title="份额未答", partners=[(PersonFactory(), Decimal(40))], agreed=False)
    with django_assert_num_queries(1):
        assert claims_waiting(manager) == 1
    assert claims_waiting(confirmer_at(place.cohort.organisation, Role.CERTIFIER)) == 3
    assert claims_waiting(confirmer_at(claimant_at().cohort.organisation)) == 0


def test_many_are_looked_at_first_and_then_confirmed(place, manager, visit) -> None:
    claims = [small_claim(place=place, title=f"需求{each}", firm=f"厂{each}") for each in "甲乙丙"]
    sent = {"claim": [f"{claim.uid}:{claim.revision}" for claim in claims]}
    page = visit.post(BULK, sent)
    assert (page.status_code, page.text.count("按规则计 1.00")) == (200, 3)
    assert dict(page.context["people"]) == {place.person.real_name: Decimal("3.00")}
    assert CreditLine.objects.count() == 0
    stale = {"claim": [*sent["claim"][:2], f"{claims[2].uid}:{claims[2].revision - 1}"]}
    done = visit.post(BULK, {**stale, "confirm": "1", "verification": "document-checked", "words": "走访记录"})
    assert CreditLine.objects.count() == 2
    assert "“需求丙”在你打开页面之后有变动" in done.text
    again = visit.post(BULK, {**stale, "confirm": "1", "verification": "document-checked", "words": "走访记录"})
    assert [bool(result.confirmed) for result in again.context["results"]] == [True, True, False]
    assert CreditLine.objects.count() == 2


def test_nothing_ticked_confirms_nothing(visit, place) -> None:
    small_claim(place=place)
    for sent in ({}, {"claim": ["nonsense", "1:2"]}):
        page = visit.post(BULK, sent, follow=True)
        assert "请勾选要核定的申报。" in page.text


def test_without_a_level_nothing_is_confirmed(visit, place) -> None:
    claim = small_claim(place=place)
    page = visit.post(BULK, {"claim": f"{claim.uid}:{claim.revision}", "confirm": "1"})
    assert (page.status_code, CreditLine.objects.count()) == (400, 0)
