"""A credential made without a database, and the files to verify it with."""

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.documents import multikey
from certificates.documents.credential import Holder, StatusPlace, build_credential, sign_credential
from certificates.documents.dids import did_document, did_of, key_address, keys_of
from certificates.documents.proofs import Signer
from certificates.documents.status_bits import pack, status_credential
from certificates.documents.terms import Json
from certificates.documents.trust import Trust

BASE = "https://jiqiao.example"
DID = did_of(BASE, "FCBA")
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
INDEX = 777
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KID = multikey.from_public_key(KEY.public_key())
SIGNER = Signer(KEY, key_address(DID, KID))
DID_DOCUMENT = did_document(DID, [(KID, KID)])

PAYLOAD: Json = {
    "serial": "TTM-FCBA-1-2026-000001-K",
    "name": "段文博",
    "level": {"code": "junior", "name": "初级技术经纪人", "name_en": "Junior technology broker"},
    "organisation": {"code": "FCBA", "name": "汾川技术转移培训基地", "name_en": "Fenchuan Base"},
    "scheme": {"code": "ttm", "number": "2026.1"},
    "title": "技术经理人培训考核证书",
    "title_en": "Certificate of Training and Assessment",
    "statement": "修满 1.11 学时",
    "statement_en": "has completed 1.11 class hours",
    "results": [
        {
            "code": "exam",
            "title": "考试",
            "title_en": "Exam",
            "fact": "exam",
            "reached": "75.00",
            "required": "60",
        },
        {
            "code": "simulation",
            "title": "实训",
            "title_en": "Simulation",
            "fact": "simulation",
            "reached": "1",
            "required": "1",
        },
    ],
    "issued_on": "2026-11-22",
    "valid_until": "2029-11-21",
    "specimen": "样本 SPECIMEN",
}


def url_of(purpose: str) -> str:
    """Where a status list of the sample issuer stands."""
    return f"{BASE}/status/{purpose}/1"


def unsigned(**changes: Any) -> Json:
    """The sample's credential, with printed fields of your own."""
    return build_credential(
        {**PAYLOAD, **changes},
        uid="11111111-1111-4111-8111-111111111111",
        issuer=DID,
        issuer_url=BASE,
        holder=Holder("22222222-2222-4222-8222-222222222222", "duan@jiqiao.example", "00ff"),
        place=StatusPlace(url_of("revocation"), INDEX),
        evidence=("33333333-3333-4333-8333-333333333333", "ab" * 32),
    )


def signed(**changes: Any) -> Json:
    """The same with its proof."""
    return sign_credential(unsigned(**changes), signer=SIGNER, now=NOW)


def status_list(purpose: str, *indices: int, signer: Signer = SIGNER) -> Json:
    """A signed list in which these places are set."""
    return status_credential(
        url=url_of(purpose),
        issuer=DID,
        purpose=purpose,
        encoded=pack(indices, capacity=131_072),
        signer=signer,
        now=NOW,
    )


def trust(**set_bits: int) -> Trust:
    """The sample issuer's keys and lists; `revocation=777` sets that bit."""
    lists = [status_list("revocation", *([set_bits["revocation"]] if "revocation" in set_bits else []))]
    lists += [status_list(purpose, index) for purpose, index in set_bits.items() if purpose != "revocation"]
    return Trust(keys={DID: keys_of(DID_DOCUMENT)}, status_lists=lists)
