from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState
from lms.credits.models import ClaimAppeal
from lms.credits.services.claiming import appeal
from lms.credits.services.judging import reject_claim
from tests.conftest import NOON
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at, settled_claim, small_claim

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def place(clock):
    return claimant_at()


def filed(place) -> ClaimAppeal:
    claim = small_claim(place=place, title="被否决的需求")
    manager = confirmer_at(place.cohort.organisation)
    reject_claim(claim=claim, user=manager, reason="不是本人走访", revision=claim.revision, now=NOON)
    return appeal(claim=claim, user=place.person.user, reason="第二页有我的签字", now=NOON)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_certifier_reads_both_sides_and_decides(place) -> None:
    held = filed(place)
    visit = as_user(confirmer_at(place.cohort.organisation, Role.CERTIFIER))
    page = visit.get(f"/desk/credits/appeals/{held.uid}/").text
    for words in ("第二页有我的签字", "不是本人走访", "申诉成立", "驳回申诉"):
        assert words in page
    assert visit.post(f"/desk/credits/appeals/{held.uid}/", {"uphold": "yes"}).status_code == 400
    done = visit.post(f"/desk/credits/appeals/{held.uid}/", {"uphold": "yes", "answer": "签字属实"}, follow=True)
    assert "已裁定，申诉人会收到结论和理由。" in done.text
    assert "签字属实" in done.text
    held.claim.refresh_from_db()
    assert held.claim.state == ClaimState.SUBMITTED


def test_a_decided_appeal_is_not_decided_otherwise(place) -> None:
    held = filed(place)
    address = f"/desk/credits/appeals/{held.uid}/"
    one, other = (as_user(confirmer_at(place.cohort.organisation, Role.CERTIFIER)) for _who in range(2))
    one.post(address, {"uphold": "no", "answer": "理由充分"})
    late = other.post(address, {"uphold": "yes", "answer": "我看不一样"})
    held.refresh_from_db()
    assert (late.status_code, held.state, held.answer) == (409, "dismissed", "理由充分")


def test_a_manager_reads_and_finds_no_form(place) -> None:
    held = filed(place)
    page = as_user(confirmer_at(place.cohort.organisation)).get(f"/desk/credits/appeals/{held.uid}/").text
    assert "这件不由你裁定" in page
    assert 'name="uphold"' not in page


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_costs_the_same_with_few_and_with_many(number: int, place, django_assert_num_queries) -> None:
    claim = settled_claim(place=place)
    rows = [
        ClaimAppeal(claim=claim, round=each, reason="理由", filed_at=NOON, due_on=NOON.date() + timedelta(days=15))
        for each in range(2, number + 2)
    ]
    ClaimAppeal.objects.bulk_create(rows)
    one, other = (confirmer_at(place.cohort.organisation, Role.CERTIFIER) for _who in range(2))
    as_user(other).get("/desk/credits/appeals/")
    visit = as_user(one)
    cache.clear()
    with django_assert_num_queries(7):
        page = visit.get("/desk/credits/appeals/").text
    assert page.count('<th scope="row">') == min(number, 20)


def test_the_filter_shows_what_was_decided(place) -> None:
    filed(place)
    visit = as_user(confirmer_at(place.cohort.organisation, Role.CERTIFIER))
    assert visit.get("/desk/credits/appeals/?state=filed").context["page"].paginator.count == 1
    assert "没有符合条件的申诉" in visit.get("/desk/credits/appeals/?state=upheld").text
