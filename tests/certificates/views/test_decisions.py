import pytest
from django.core.cache import cache
from django.test import Client

from certificates.enums import CertificateState, DecisionState
from certificates.models import Certificate, Decision
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import Bench
from tests.factories.cohorts import MembershipFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def _as(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _address(decision: Decision) -> str:
    return f"/en/base/decisions/{decision.uid}/"


def test_the_whole_way_from_putting_forward_to_revoking(bench: Bench, clock) -> None:
    manager, certifier = _as(bench.manager), _as(bench.certifier)
    listed = manager.get("/en/base/decisions/").content.decode()
    assert "Prepare the decision about 段文博" in listed

    sent = manager.post("/en/base/decisions/", {"cohort": bench.cohort.pk, "person": str(bench.person.uid)})
    decision = Decision.objects.get()
    assert sent["Location"] == _address(decision)

    assert 'value="approve"' not in manager.get(_address(decision)).content.decode()
    assert "somebody else decides it" in manager.get(_address(decision)).content.decode()
    assert 'value="approve"' in certifier.get(_address(decision)).content.decode()

    certifier.post(_address(decision), {"action": "approve"})
    assert Certificate.objects.count() == 0
    for _click in (1, 2):
        manager.post(_address(decision), {"action": "issue"})
    certificate = Certificate.objects.get()
    assert certificate.serial in manager.get(_address(decision)).content.decode()

    assert 'value="revoke"' not in manager.get(_address(decision)).content.decode()
    certifier.post(_address(decision), {"action": "revoke", "reason": "替考查实", "public_reason": "成绩无效"})
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED


def test_why_not_is_said_for_everybody_who_is_not_ready(bench: Bench, clock) -> None:
    bench.trainee("林小舟", earned=False)
    page = _as(bench.manager).get("/en/base/decisions/").content.decode()
    assert "3 requirements missing" in page
    assert "class hours are missing" in page


def test_who_is_not_ready_cannot_be_put_forward_by_hand(bench: Bench, clock) -> None:
    person = bench.trainee("林小舟", earned=False)
    response = _as(bench.manager).post("/en/base/decisions/", {"cohort": bench.cohort.pk, "person": str(person.uid)})
    assert response.status_code == 400
    assert "Not earned yet" in response.content.decode()
    assert Decision.objects.count() == 0


def test_four_eyes_hold_for_whoever_edits_the_form(bench: Bench, now, clock) -> None:
    decision = bench.prepare(now)
    response = _as(bench.manager).post(_address(decision), {"action": "approve"})
    assert response.status_code == 403
    decision.refresh_from_db()
    assert decision.state == DecisionState.PREPARED


def test_a_refusal_without_a_reason_changes_nothing(bench: Bench, now, clock) -> None:
    decision = bench.prepare(now)
    response = _as(bench.certifier).post(_address(decision), {"action": "refuse", "reason": ""})
    assert response.status_code == 400
    assert "Give the reason for refusing." in response.content.decode()
    _as(bench.certifier).post(_address(decision), {"action": "refuse", "reason": "身份未核实"})
    decision.refresh_from_db()
    assert (decision.state, decision.refusal_reason) == (DecisionState.REFUSED, "身份未核实")


@pytest.mark.parametrize("action", ["", "delete", "approve-all"])
def test_an_invented_action_is_no_action(bench: Bench, now, clock, action: str) -> None:
    assert _as(bench.certifier).post(_address(bench.prepare(now)), {"action": action}).status_code == 400


@pytest.mark.parametrize("person", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_edited_person_is_not_there(bench: Bench, clock, person: str) -> None:
    sent = {"cohort": bench.cohort.pk, "person": person}
    assert _as(bench.manager).post("/base/decisions/", sent).status_code == 404


def test_another_bases_cohort_is_not_there(bench: Bench, clock) -> None:
    elsewhere = Bench(name="另一培训基地")
    sent = {"cohort": elsewhere.cohort.pk, "person": str(elsewhere.person.uid)}
    assert _as(bench.manager).post("/base/decisions/", sent).status_code == 404


@pytest.mark.parametrize("count", [10, 1_000])
def test_long_lists_cost_no_more_queries(bench: Bench, now, clock, count: int, django_assert_num_queries) -> None:
    decision = bench.prepare(now)
    people = PersonFactory.build_batch(count, user=None)
    Decision.objects.bulk_create(
        Decision(
            person=person,
            organisation=bench.organisation,
            level="junior",
            scheme_version=decision.scheme_version,
            evidence=decision.evidence,
            evidence_hash=decision.evidence_hash,
            prepared_by=bench.manager,
            prepared_at=now,
        )
        for person in type(people[0]).objects.bulk_create(people)
    )
    for number in range(30):
        MembershipFactory(cohort=bench.cohort, person=PersonFactory(real_name=f"候选{number}"))
    _as(bench.certifier).get("/base/decisions/")
    cache.clear()
    client = _as(bench.manager)
    with django_assert_num_queries(11):
        page = client.get("/base/decisions/").content.decode()
    assert page.count('scope="row"') == min(count + 1, 25)
    assert page.count('class="candidate-who"') == 25
