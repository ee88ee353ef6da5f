"""Issuers' identifiers (`did:web`) and the documents that list their keys."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from .terms import Json

PLATFORM = "platform"


def did_of(base_url: str, code: str) -> str:
    """The did:web of an issuer: resolves to `<base_url>/issuers/<code>/did.json`."""
    return f"did:web:{quote(urlsplit(base_url).netloc, safe='')}:issuers:{code}"


def key_address(did: str, kid: str) -> str:
    """Where a key stands in its issuer's did document."""
    return f"{did}#{kid}"


def did_document(did: str, keys: Iterable[tuple[str, str]]) -> Json:
    """The did document of an issuer that signs, or has signed, with `keys` (kid, multibase)."""
    methods = [
        {
            "id": key_address(did, kid),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multibase,
        }
        for kid, multibase in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def keys_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Address → multibase of the keys with which the issuer may assert something, and no others."""
    did = document.get("id")
    allowed = {address for address in document.get("assertionMethod", []) if isinstance(address, str)}
    return {
        method["id"]: method["publicKeyMultibase"]
        for method in document.get("verificationMethod", [])
        if isinstance(method, dict)
        and method.get("id") in allowed
        and method.get("controller") == did
        and str(method.get("id")).split("#")[0] == did
        and isinstance(method.get("publicKeyMultibase"), str)
    }
