"""What a verifier trusts: issuers' keys, status lists and the registry, from a folder or from our own tables."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal

from .dids import keys_of
from .proofs import BadSignature, verify
from .reading import DamagedFile, read_json
from .statements import NotOurTerms
from .status_bits import NotAStatusList, bit_at
from .terms import STATUS_CREDENTIAL, Json


class TrustUnreadable(Refusal):
    """The folder of trusted files is missing, or one of its files is no JSON object."""

    code = "trust-unreadable"
    message = _("The trust folder holds no readable did.json, or one of its files is damaged: %(name)s.")


class StatusUnknown(ValueError):
    """No list that could be trusted says what became of the certificate."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Everything that a verdict may rest on; there is no network behind it."""

    # did → address of a key → multibase
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    # (issuer, purpose) → signed lists
    status_lists: list[Json] = field(default_factory=list)
    # did → entry of the registry; None when nobody handed a registry in
    registry: dict[str, Json] | None = None

    def bit(self, *, issuer: str, url: str, purpose: str, index: int) -> bool:
        """Whether the bit at `index` is set in the issuer's own signed list of `url`."""
        for document in self.status_lists:
            if document.get("id") == url and document.get("issuer") == issuer:
                return self._bit_in(document, issuer=issuer, purpose=purpose, index=index)
        raise StatusUnknown(url)

    def has_list(self, url: str) -> bool:
        """Whether a list of this address was handed in."""
        return any(document.get("id") == url for document in self.status_lists)

    def _bit_in(self, document: Json, *, issuer: str, purpose: str, index: int) -> bool:
        try:
            verify(document, keys=self.keys.get(issuer, {}), shape=STATUS_CREDENTIAL)
            subject = document["credentialSubject"]
            if subject["statusPurpose"] != purpose:
                raise StatusUnknown(purpose)
            return bit_at(subject["encodedList"], index)
        except (BadSignature, NotOurTerms, NotAStatusList) as error:
            raise StatusUnknown(str(document.get("id"))) from error


def registry_entries(document: Json) -> dict[str, Json]:
    """The registry's issuers by their did."""
    return {entry["did"]: entry for entry in document.get("issuers", []) if isinstance(entry, dict) and "did" in entry}


def _json_in(path: Path) -> Json:
    try:
        return read_json(path.read_bytes())[0]
    except (OSError, DamagedFile) as error:
        raise TrustUnreadable(name=path.name) from error


def _check_registry(registry: Json, keys: dict[str, dict[str, str]]) -> None:
    """A registry is believed on its folder's word, unless the folder also knows who should have signed it."""
    signer: Any = registry.get("issuer")
    if signer in keys:
        try:
            verify(registry, keys=keys[signer])
        except BadSignature as error:
            raise TrustUnreadable(name="registry.json") from error


def read_trust(folder: Path) -> Trust:
    """The trust of a folder with did.json (or did-*.json), status-*.json and, if there is one, registry.json."""
    did_files = sorted(folder.glob("did*.json")) if folder.is_dir() else []
    if not did_files:
        raise TrustUnreadable(name=str(folder))
    keys = {str(document.get("id")): keys_of(document) for document in map(_json_in, did_files)}
    lists = [_json_in(path) for path in sorted(folder.glob("status-*.json"))]
    registry = folder / "registry.json"
    entries = None
    if registry.exists():
        document = _json_in(registry)
        _check_registry(document, keys)
        entries = registry_entries(document)
    return Trust(keys=keys, status_lists=lists, registry=entries)
