import copy
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.documents import multikey
from certificates.documents.checking import check_credential
from certificates.documents.credential import sign_credential
from certificates.documents.dids import key_address
from certificates.documents.proofs import Signer
from certificates.documents.trust import Trust
from certificates.enums import Result

from .samples import DID, INDEX, NOW, signed, status_list, trust, unsigned

pytestmark = pytest.mark.unit


def _result(document, at=NOW, name="", known=None) -> Result:
    return check_credential(document, trust=known or trust(), at=at, name=name).result


def test_a_genuine_credential_is_valid_and_tells_its_fields() -> None:
    report = check_credential(signed(), trust=trust(), at=NOW)
    assert report.result == Result.VALID
    assert [(check.name, check.ok) for check in report.checks] == [
        ("issuer", True),
        ("signature", True),
        ("status", True),
        ("dates", True),
    ]
    assert (report.fields["serial"], report.fields["name"]) == ("TTM-FCBA-1-2026-000001-K", "段文博")
    assert report.fields["title"].startswith("样本 SPECIMEN")


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("credentialSubject", "identifier", 0, "identityHash"), "林小舟"),
        (("credentialSubject", "licenseNumber"), "TTM-FCBA-1-2026-000002-K"),
        (("credentialSubject", "achievement", "name"), "高级技术经理人"),
        (("credentialSubject", "result", 0, "value"), "99.00"),
        (("validUntil",), "2099-11-21T23:59:59+08:00"),
        (("credentialStatus", "statusListIndex"), "778"),
        (("name",), "别的证书"),
        (("proof", "created"), "2026-11-22T04:00:01Z"),
    ],
)
def test_a_changed_word_breaks_the_signature(where: tuple, value: str) -> None:
    document = signed()
    part = document
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    report = check_credential(document, trust=trust(), at=NOW)
    assert (report.result, report.checks[-1].name, report.fields) == (Result.INVALID, "signature", {})


@pytest.mark.parametrize(
    "inject",
    [
        lambda document: document.update(honours="最高荣誉"),
        lambda document: document["credentialSubject"].update(honours="最高荣誉"),
        lambda document: document["credentialSubject"]["identifier"][0].update(alias="别名"),
        lambda document: document["issuer"].update(endorsement="x"),
        lambda document: document["type"].append("NationalLicence"),
        lambda document: document["@context"].append("https://elsewhere.example/context.json"),
    ],
    ids=["member", "inner-member", "closed-object", "issuer", "type", "context"],
)
def test_a_member_that_the_signature_would_not_cover_is_refused(inject) -> None:
    document = copy.deepcopy(signed())
    inject(document)
    report = check_credential(document, trust=trust(), at=NOW)
    assert (report.result, report.checks[-1].name) == (Result.INVALID, "signature")


def test_a_forged_key_in_the_issuers_name_is_refused() -> None:
    """The address carries the key itself; a verifier that believes the address would be taken in."""
    forger = Ed25519PrivateKey.generate()
    kid = multikey.from_public_key(forger.public_key())
    forged = sign_credential(unsigned(), signer=Signer(forger, key_address(DID, kid)), now=NOW)
    assert _result(forged) == Result.INVALID


def test_an_issuer_outside_the_trust_or_the_registry_is_unknown() -> None:
    assert _result(signed(), known=Trust()) == Result.UNKNOWN
    known = trust()
    empty = Trust(keys=known.keys, status_lists=known.status_lists, registry={})
    assert _result(signed(), known=empty) == Result.UNKNOWN


@pytest.mark.parametrize(
    ("bits", "result"),
    [
        ({"revocation": INDEX}, Result.REVOKED),
        ({"revocation": INDEX + 1}, Result.VALID),
        ({"suspension": INDEX}, Result.SUSPENDED),
        ({"refresh": INDEX}, Result.REPLACED),
        ({"revocation": INDEX, "suspension": INDEX}, Result.REVOKED),
    ],
)
def test_the_lists_say_what_became_of_it(bits: dict, result: Result) -> None:
    assert _result(signed(), known=trust(**bits)) == result


def test_without_a_list_nothing_is_promised() -> None:
    known = trust()
    assert _result(signed(), known=Trust(keys=known.keys)) == Result.UNKNOWN


def test_a_list_that_somebody_else_signed_is_no_list() -> None:
    forger = Signer(Ed25519PrivateKey.generate(), key_address(DID, "z6Mkforged"))
    known = Trust(keys=trust().keys, status_lists=[status_list("revocation", signer=forger)])
    assert _result(signed(), known=known) == Result.UNKNOWN


def test_a_list_for_another_purpose_does_not_stand_in() -> None:
    suspension = status_list("suspension")
    suspension["id"] = status_list("revocation")["id"]
    assert _result(signed(), known=Trust(keys=trust().keys, status_lists=[suspension])) == Result.UNKNOWN


@pytest.mark.parametrize(
    ("at", "result"),
    [
        ("2026-11-21T15:57:59+00:00", Result.NOT_YET_VALID),
        ("2026-11-21T15:58:00+00:00", Result.VALID),
        ("2029-11-21T15:59:59+00:00", Result.VALID),
        ("2029-11-21T16:00:00+00:00", Result.EXPIRED),
    ],
)
def test_it_counts_from_its_first_to_its_last_day_in_beijing(at: str, result: Result) -> None:
    assert _result(signed(), at=datetime.fromisoformat(at)) == result


def test_a_revoked_certificate_stays_revoked_after_its_dates() -> None:
    assert _result(signed(), at=NOW + timedelta(days=4000), known=trust(revocation=INDEX)) == Result.REVOKED


def test_the_name_is_compared_as_people_type_it() -> None:
    assert _result(signed(), name=" 段　文博 ") == Result.VALID
    assert _result(signed(), name="段文搏") == Result.INVALID
