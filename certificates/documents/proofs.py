"""Data Integrity proofs over our own terms: eddsa-rdfc-2022 for credentials, eddsa-jcs-2022 for plain JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lms.records.validators import canonical_json

from . import multikey
from .statements import NotOurTerms, canonical_statements
from .terms import PROOF, Json, Shape

RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"


class BadSignature(ValueError):
    """The proof is missing, of another kind, made with a key that is not listed, or does not fit."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the address under which its public half is found."""

    key: Ed25519PrivateKey
    verification_method: str


def compact(document: Json) -> str:
    """JSON without a needless byte, so that every byte of a signed file counts."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def utc(moment: datetime) -> str:
    """`moment` to the second, in UTC, as credentials write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _options(cryptosuite: str, method: str, now: datetime) -> Json:
    return {
        "type": "DataIntegrityProof",
        "created": utc(now),
        "verificationMethod": method,
        "cryptosuite": cryptosuite,
        "proofPurpose": "assertionMethod",
    }


def _rdfc_digest(document: Json, options: Json, shape: Shape) -> bytes:
    of_options = canonical_statements(options, PROOF).encode()
    of_document = canonical_statements(document, shape).encode()
    return sha256(of_options).digest() + sha256(of_document).digest()


def _jcs_digest(document: Json, options: Json) -> bytes:
    bare = {name: value for name, value in document.items() if name != "proof"}
    return sha256(canonical_json(options)).digest() + sha256(canonical_json(bare)).digest()


def sign(document: Json, *, shape: Shape, signer: Signer, now: datetime) -> Json:
    """`document` with an eddsa-rdfc-2022 proof."""
    options = _options(RDFC, signer.verification_method, now)
    signature = signer.key.sign(_rdfc_digest(document, options, shape))
    return {**document, "proof": {**options, "proofValue": multikey.encode(signature)}}


def sign_plain(document: Json, *, signer: Signer, now: datetime) -> Json:
    """`document`, which is no linked data, with an eddsa-jcs-2022 proof."""
    options = _options(JCS, signer.verification_method, now)
    signature = signer.key.sign(_jcs_digest(document, options))
    return {**document, "proof": {**options, "proofValue": multikey.encode(signature)}}


def verify(document: Json, *, keys: Mapping[str, str], shape: Shape | None = None) -> str:
    """Check the proof of `document` against `keys` (address → multibase key); answer the key's address.

    Without `shape` the document is plain JSON. The key is always looked up among those handed in and never
    taken from the document, whatever its address says.
    """
    proof = document.get("proof")
    if not isinstance(proof, dict) or not isinstance(proof.get("proofValue"), str):
        raise BadSignature("no proof")
    options: dict[str, Any] = {name: value for name, value in proof.items() if name != "proofValue"}
    method = str(options.get("verificationMethod"))
    if options.get("cryptosuite") != (RDFC if shape else JCS) or method not in keys:
        raise BadSignature("other suite or key not listed")
    try:
        digest = _rdfc_digest(document, options, shape) if shape else _jcs_digest(document, options)
        multikey.to_ed25519(keys[method]).verify(multikey.decode(proof["proofValue"]), digest)
    except NotOurTerms:
        raise
    except (InvalidSignature, ValueError, TypeError) as error:
        raise BadSignature("does not fit") from error
    return method
