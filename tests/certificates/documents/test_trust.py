import json
from pathlib import Path

import pytest

from certificates.documents.checking import check_credential
from certificates.documents.dids import did_document, did_of, key_address, keys_of
from certificates.documents.proofs import Signer, compact, sign_plain
from certificates.documents.trust import TrustUnreadable, read_trust
from certificates.enums import Result

from .samples import BASE, DID, DID_DOCUMENT, KEY, KID, NOW, signed, status_list

pytestmark = pytest.mark.unit

PLATFORM = did_of(BASE, "platform")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "did.json").write_text(json.dumps(DID_DOCUMENT))
    (tmp_path / "status-revocation-1.json").write_text(compact(status_list("revocation")))
    return tmp_path


def _registry(*dids: str) -> str:
    document = {"schema": 1, "issuer": PLATFORM, "issuers": [{"did": did} for did in dids]}
    return compact(sign_plain(document, signer=Signer(KEY, key_address(PLATFORM, KID)), now=NOW))


def _result(folder: Path) -> Result:
    return check_credential(signed(), trust=read_trust(folder), at=NOW).result


def test_a_folder_is_all_that_is_needed(folder: Path) -> None:
    assert _result(folder) == Result.VALID


def test_a_registry_limits_whom_to_trust(folder: Path) -> None:
    (folder / "registry.json").write_text(_registry(DID))
    assert _result(folder) == Result.VALID
    (folder / "registry.json").write_text(_registry("did:web:elsewhere.example"))
    assert _result(folder) == Result.UNKNOWN


def test_a_registry_whose_signer_is_known_must_be_signed(folder: Path) -> None:
    (folder / "did-platform.json").write_text(json.dumps(did_document(PLATFORM, [(KID, KID)])))
    (folder / "registry.json").write_text(_registry(DID))
    assert _result(folder) == Result.VALID
    (folder / "registry.json").write_text(_registry(DID).replace('"schema":1', '"schema":2'))
    with pytest.raises(TrustUnreadable, match=r"registry\.json"):
        read_trust(folder)


def test_an_empty_or_damaged_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TrustUnreadable):
        read_trust(tmp_path / "nowhere")
    (folder / "did.json").write_text("{")
    with pytest.raises(TrustUnreadable, match=r"did\.json"):
        read_trust(folder)


def test_only_keys_that_may_assert_count() -> None:
    document = did_document(DID, [(KID, KID)])
    assert keys_of(document) == {key_address(DID, KID): KID}
    assert keys_of({**document, "assertionMethod": []}) == {}
    foreign = [{**document["verificationMethod"][0], "controller": "did:web:elsewhere.example"}]
    assert keys_of({**document, "verificationMethod": foreign}) == {}
