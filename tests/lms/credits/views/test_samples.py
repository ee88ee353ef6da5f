import pytest
from django.core.cache import cache
from django.test import Client

from lms.credits.models import AuditSample, Claim, ClaimEvidence, CreditLine
from lms.records.services.private_files import shred
from tests.conftest import NOON
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at, settled_claim

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def place(clock):
    return claimant_at()


def a_sample(claim: Claim) -> AuditSample:
    return AuditSample.objects.create(claim=claim, draw="a" * 64, seed="b" * 64, drawn_at=NOON)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_somebody_else_looks_again_and_credits_are_taken_back(place) -> None:
    sample = a_sample(settled_claim(place=place))
    address = f"/desk/credits/samples/{sample.uid}/"
    visit = as_user(confirmer_at(place.cohort.organisation))
    assert "内容、份额和文件与核定时完全一致。" in visit.get(address).text
    assert visit.post(address, {"passed": "no", "finding": ""}).status_code == 400
    page = visit.post(address, {"passed": "no", "finding": "走访没有发生"}, follow=True).text
    assert "走访没有发生" in page
    assert CreditLine.objects.filter(reversal_of__isnull=False).count() == 1
    assert sum(line.points for line in CreditLine.objects.all()) == 0


def test_evidence_that_changed_is_told_before_anything_else(place) -> None:
    sample = a_sample(settled_claim(place=place))
    shred(ClaimEvidence.objects.get(claim=sample.claim).file)
    page = as_user(confirmer_at(place.cohort.organisation)).get(f"/desk/credits/samples/{sample.uid}/").text
    assert "现在保存的内容与核定时不同" in page
    assert "完全一致" not in page


def test_who_confirmed_finds_no_form(place) -> None:
    sample = a_sample(settled_claim(place=place))
    confirmer = sample.claim.confirmations.get().user
    page = as_user(confirmer).get(f"/desk/credits/samples/{sample.uid}/").text
    assert "由没有核定过、也没有份额的人复查。" in page
    assert 'name="passed"' not in page


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_costs_the_same_with_few_and_with_many(number: int, place, django_assert_num_queries) -> None:
    claim = settled_claim(place=place)
    kept = {name: getattr(claim, name) for name in ("person", "organisation", "rules", "rule", "kind", "fields")}
    when = {"submitted_at": NOON, "created_at": NOON, "changed_at": NOON}
    settled = {"state": "confirmed", "round": 1, "rated": 1, "evidence_hash": "1" * 64, **when}
    rows = [Claim(title=f"需求 {each}", occurred_on=claim.occurred_on, **kept, **settled) for each in range(number)]
    Claim.objects.bulk_create(rows)
    samples = [
        AuditSample(claim=each, draw=f"{each.pk:064x}", seed="b" * 64, drawn_at=NOON)
        for each in Claim.objects.filter(title__startswith="需求 ")
    ]
    AuditSample.objects.bulk_create(samples)
    one, other = (confirmer_at(place.cohort.organisation) for _who in range(2))
    as_user(other).get("/desk/credits/samples/")
    visit = as_user(one)
    cache.clear()
    with django_assert_num_queries(7):
        page = visit.get("/desk/credits/samples/").text
    assert page.count('<th scope="row">') == min(number, 20)
