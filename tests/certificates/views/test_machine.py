import json

import pytest
from django.test import Client

from certificates.documents.checking import check_credential
from certificates.documents.dids import keys_of
from certificates.documents.proofs import verify
from certificates.documents.status_bits import bit_at
from certificates.documents.trust import Trust, registry_entries
from certificates.enums import Result
from certificates.services.revoking import revoke
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench(code="FCBA")


def test_a_stranger_verifies_with_public_pages_only(client: Client, bench: Bench, now, clock) -> None:
    credential = json.loads(bench.issue(now).credential)
    did = client.get("/issuers/FCBA/did.json").json()
    address = credential["credentialStatus"]["statusListCredential"].split("/", 3)[3]
    lists = [client.get(f"/{address}").json()]
    registry = client.get("/registry.json").json()
    verify(registry, keys=keys_of(client.get("/issuers/platform/did.json").json()))
    trust = Trust(keys={did["id"]: keys_of(did)}, status_lists=lists, registry=registry_entries(registry))
    assert check_credential(credential, trust=trust, at=now).result == Result.VALID


def test_a_revocation_is_seen_at_once(client: Client, bench: Bench, now, clock) -> None:
    certificate = bench.issue(now)
    index = certificate.status_index

    def bit() -> bool:
        return bit_at(client.get("/status/revocation/1").json()["credentialSubject"]["encodedList"], index)

    assert bit() is False
    revoke(certificate=certificate, reason="替考查实", revoked_by=bench.certifier, now=now)
    assert bit() is True


def test_the_registry_names_the_issuer_and_is_signed_by_the_platform(client: Client, bench: Bench, now, clock) -> None:
    bench.issue(now)
    registry = client.get("/registry.json").json()
    assert [(entry["code"], entry["name"]) for entry in registry["issuers"]] == [("FCBA", "汾川技术转移培训基地")]
    assert registry["specimen"] == "样本 SPECIMEN"


@pytest.mark.parametrize(
    "address", ["/issuers/NONE/did.json", "/status/revocation/99", "/status/anything/1", "/issuers/FCBA/did.json"]
)
def test_what_was_never_published_is_not_there(client: Client, bench: Bench, address: str, clock) -> None:
    assert client.get(address).status_code == 404


def test_caches_may_keep_them_for_five_minutes(client: Client, bench: Bench, now, clock) -> None:
    bench.issue(now)
    for address in ("/issuers/FCBA/did.json", "/status/revocation/1", "/registry.json", "/ledger/heads.json"):
        response = client.get(address)
        assert (response["Cache-Control"], response["Access-Control-Allow-Origin"]) == ("public, max-age=300", "*")


def test_the_heads_of_all_books_are_public_and_nameless(client: Client, bench: Bench, now, clock) -> None:
    bench.issue(now)
    books = client.get("/ledger/heads.json").json()["books"]
    assert sorted(books) == ["audit", "credits", "hours"]
    assert all(len(book["head"]) == 64 for book in books.values())
