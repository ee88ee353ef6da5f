from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from lms.credits.enums import ClaimState
from lms.credits.models import Claim, CreditLine
from lms.credits.services.confirming import confirm_claim
from tests.conftest import NOON
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at, proposed_violation

pytestmark = [pytest.mark.face, pytest.mark.django_db]
LIST = "/desk/credits/violations/"


@pytest.fixture
def place(clock):
    return claimant_at()


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(place, **more: str) -> dict[str, str]:
    return {
        "request_id": str(uuid4()),
        "mail": place.person.user.email,
        "title": "合同金额不实",
        "occurred_on": "2026-08-20",
        "said_facts": "合同金额多写一位",
        "said_basis": "积分规则第七条",
        **more,
    }


def test_one_proposes_another_confirms_and_the_person_appeals(place) -> None:
    proposer, second = (as_user(confirmer_at(place.cohort.organisation)) for _who in range(2))
    new = f"{LIST}new/?rule=violation-minor"
    page = proposer.post(new, said(place), follow=True).text
    assert "已提出，第二人核定之前不扣分。" in page
    claim = Claim.objects.get(kind="violation")
    own = f"/me/credits/violations/{claim.uid}/"
    assert as_user(place.person.user).get(own).status_code == 404
    assert 'value="confirm"' not in proposer.get(f"{LIST}{claim.uid}/").text
    done = second.post(f"{LIST}{claim.uid}/", {"action": "confirm", "revision": claim.revision}, follow=True).text
    assert "已核定，已通知本人，本人可以申诉。" in done
    assert [f"{line.points}" for line in CreditLine.objects.all()] == ["-5.00"]
    person = as_user(place.person.user)
    assert "合同金额多写一位" in person.get(own).text
    assert person.post(own, {"reason": ""}).status_code == 400
    filed = person.post(own, {"reason": "金额是登记处改的"}, follow=True).text
    assert "申诉已提出" in filed
    assert person.post(own, {"reason": "再说一次"}).status_code == 409
    assert claim.appeals.get().reason == "金额是登记处改的"


def test_what_was_typed_stays_when_something_is_wrong(place) -> None:
    visit = as_user(confirmer_at(place.cohort.organisation))
    wrong = said(place, mail="nobody@jiqiao.example", said_facts="合同金额多写一位")
    page = visit.post(f"{LIST}new/?rule=violation-minor", wrong)
    assert page.status_code == 400
    assert "合同金额多写一位" in page.text
    assert Claim.objects.count() == 0


def test_a_violation_can_be_dropped_with_a_reason(place) -> None:
    claim = proposed_violation(place)
    visit = as_user(confirmer_at(place.cohort.organisation))
    address = f"{LIST}{claim.uid}/"
    assert visit.post(address, {"action": "reject", "revision": claim.revision}).status_code == 400
    assert visit.post(address, {"action": "reject", "revision": claim.revision - 1, "reason": "x"}).status_code == 409
    page = visit.post(address, {"action": "reject", "revision": claim.revision, "reason": "证据不足"}, follow=True)
    assert "已作罢，没有人被扣分。" in page.text
    claim.refresh_from_db()
    assert (claim.state, CreditLine.objects.count()) == (ClaimState.REJECTED, 0)
    assert visit.post(address, {"action": "dance"}).status_code == 400


def test_it_is_not_confirmed_from_an_old_page(place) -> None:
    claim = proposed_violation(place)
    visit = as_user(confirmer_at(place.cohort.organisation))
    for revision in ("", "x", str(claim.revision - 1)):
        page = visit.post(f"{LIST}{claim.uid}/", {"action": "confirm", "revision": revision})
        assert (page.status_code, CreditLine.objects.count()) == (409, 0)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_costs_the_same_with_few_and_with_many(number: int, place, django_assert_num_queries) -> None:
    claim = proposed_violation(place)
    kept = {name: getattr(claim, name) for name in ("person", "organisation", "rules", "rule", "kind", "fields")}
    when = {"submitted_at": NOON, "created_at": NOON, "changed_at": NOON, "state": "submitted", "round": 1}
    rows = [Claim(title=f"违规 {each}", occurred_on=claim.occurred_on, **kept, **when) for each in range(number)]
    Claim.objects.bulk_create(rows)
    one, other = (confirmer_at(place.cohort.organisation) for _who in range(2))
    as_user(other).get(LIST)
    visit = as_user(one)
    cache.clear()
    with django_assert_num_queries(8):
        page = visit.get(LIST).text
    assert page.count("一般违规") == min(number + 1, 20)


def test_a_confirmed_one_is_told_to_its_person_alone(place) -> None:
    claim = proposed_violation(place)
    second = confirmer_at(place.cohort.organisation)
    level = "organisation-confirmed"
    confirm_claim(claim=claim, user=second, verification=level, revision=claim.revision, now=NOON)
    own = f"/me/credits/violations/{claim.uid}/"
    other = claimant_at(place.cohort.organisation)
    assert [as_user(who).get(own).status_code for who in (place.person.user, second, other.person.user)] == [
        200,
        404,
        404,
    ]
