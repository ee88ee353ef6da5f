import pytest
from django.core.cache import cache
from django.test import Client

from certificates.enums import CertificateState
from certificates.models import Certificate
from certificates.services.rendering import pdf_of, render_certificate
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def certificate(bench: Bench, now):
    return bench.issue(now)


def test_a_holder_finds_their_own_certificates_only(client: Client, bench: Bench, certificate, now, clock) -> None:
    other = bench.issue(now, person=bench.trainee("林小舟"))
    client.force_login(bench.person.user)
    page = client.get("/me/certificates/").content.decode()
    assert certificate.serial in page
    assert other.serial not in page


def test_somebody_without_one_learns_what_to_do(client: Client, bench: Bench, clock) -> None:
    client.force_login(bench.trainee("新学员", earned=False).user)
    assert "No certificate yet." in client.get("/en/me/certificates/").content.decode()


def test_the_pdf_is_the_stored_one(client: Client, bench: Bench, certificate, now, clock) -> None:
    client.force_login(bench.person.user)
    address = f"/me/certificates/{certificate.serial}/pdf"
    waiting = client.get(address)
    assert (waiting.status_code, waiting["Refresh"]) == (202, "5")
    document = render_certificate(certificate=certificate, now=now)
    response = client.get(address)
    assert response.content == pdf_of(document)
    assert response["Content-Type"] == "application/pdf"
    assert certificate.serial in response["Content-Disposition"]


def test_somebody_elses_pdf_is_not_there(client: Client, bench: Bench, certificate, clock) -> None:
    for user in (bench.trainee("林小舟").user, Bench(name="另一培训基地").manager):
        client.force_login(user)
        assert client.get(f"/me/certificates/{certificate.serial}/pdf").status_code == 404


def _copies(certificate: Certificate, bench: Bench, now, count: int) -> None:
    """Earlier cycles of the same holder, for a long list."""
    for cycle in range(2, count + 1):
        decision = certificate.decision
        decision.pk, decision.uid, decision.cycle = None, None, cycle
        decision.uid = f"00000000-0000-4000-8000-{cycle:012}"
        decision.save(force_insert=True)
        copy = Certificate.objects.get(pk=certificate.pk)
        copy.pk, copy.cycle, copy.decision = None, cycle, decision
        copy.uid, copy.serial = decision.uid, f"TTM-TAAA-1-2026-{cycle:06}-0"
        copy.status_index, copy.state = (certificate.status_index + cycle) % 131_072, CertificateState.REVOKED
        copy.save(force_insert=True)
        certificate.refresh_from_db()


@pytest.mark.parametrize("count", [1, 10, 1_000])
def test_a_long_list_costs_no_more_queries(
    client: Client, bench: Bench, certificate, now, clock, count: int, django_assert_num_queries
) -> None:
    _copies(certificate, bench, now, count)
    client.force_login(bench.manager)
    client.get("/me/certificates/")
    client.force_login(bench.person.user)
    cache.clear()
    with django_assert_num_queries(6):
        page = client.get("/me/certificates/").content.decode()
    assert page.count('class="certcard ') == min(count, 20)
