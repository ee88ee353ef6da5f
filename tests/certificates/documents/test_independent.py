"""Somebody else's code, with the published contexts and no network, comes to the same conclusions as ours.

The packages are installed by `npm ci --ignore-scripts` from tests/certificates/independent into build/.
"""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as tuning
from hypothesis import strategies as st

from certificates.documents import multikey
from certificates.documents.credential import sign_credential
from certificates.documents.dids import key_address
from certificates.documents.proofs import Signer, compact
from certificates.documents.statements import canonical_statements
from certificates.documents.terms import CREDENTIAL, STATUS_CREDENTIAL

from .samples import DID, DID_DOCUMENT, INDEX, NOW, signed, status_list, unsigned

pytestmark = pytest.mark.unit

HERE = Path(__file__).parents[1] / "independent"
INSTALLED = Path(os.environ.get("JIQIAO_INDEPENDENT_DIR", "") or settings.BUILD_DIR / "independent")

Verify = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def modules() -> Path:
    """The installed packages; installed now if nobody has yet."""
    if not (INSTALLED / "node_modules" / "@digitalbazaar" / "vc").is_dir():
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            (INSTALLED / name).write_bytes((HERE / name).read_bytes())
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=INSTALLED, check=True, capture_output=True, timeout=300)
    return INSTALLED


def _node(modules: Path, folder: Path, document: dict[str, Any], *options: str) -> str:
    command = ["node", str(HERE / "verify.mjs"), str(modules), str(folder), *options]
    result = subprocess.run(command, input=compact(document), capture_output=True, text=True, check=True, timeout=120)
    return result.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "did.json").write_text(json.dumps(DID_DOCUMENT))
    (tmp_path / "status-revocation-1.json").write_text(compact(status_list("revocation", INDEX + 1)))
    return tmp_path


@pytest.fixture
def verify(modules: Path, folder: Path) -> Verify:
    def ask(document: dict[str, Any], at: str = "2026-11-22T05:00:00Z") -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(_node(modules, folder, document, "--at", at))
        return answer

    return ask


def test_what_we_sign_is_verified(verify: Verify) -> None:
    assert verify(signed()) == {"verified": True, "revoked": False, "error": ""}


def test_what_was_changed_is_refused(verify: Verify) -> None:
    document = signed()
    document["credentialSubject"]["licenseNumber"] = "TTM-FCBA-1-2026-000002-K"
    answer = verify(document)
    assert (answer["verified"], "Invalid signature" in answer["error"]) == (False, True)


def test_an_injected_member_is_refused(verify: Verify) -> None:
    assert verify({**signed(), "honours": "最高荣誉"})["verified"] is False


def test_a_forged_key_is_refused(verify: Verify) -> None:
    forger = Ed25519PrivateKey.generate()
    signer = Signer(forger, key_address(DID, multikey.from_public_key(forger.public_key())))
    assert verify(sign_credential(unsigned(), signer=signer, now=NOW))["verified"] is False


def test_an_expired_one_is_refused(verify: Verify) -> None:
    assert verify(signed(), at="2030-01-01T00:00:00Z")["verified"] is False


def test_a_revoked_one_shows_in_the_list(verify: Verify, folder: Path) -> None:
    (folder / "status-revocation-1.json").write_text(compact(status_list("revocation", INDEX)))
    assert verify(signed())["revoked"] is True


def test_both_come_to_the_same_statements(modules: Path, folder: Path) -> None:
    for document, shape in ((unsigned(), CREDENTIAL), (_bare(status_list("revocation", 5)), STATUS_CREDENTIAL)):
        theirs = _node(modules, folder, document, "--statements")
        assert canonical_statements(document, shape) == theirs


def _bare(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


@tuning(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30),
    statement=st.text(st.sampled_from("\"\\'<>&{}@:_ 段𬱖·%"), max_size=20),
)
def test_both_agree_whatever_people_are_called(modules: Path, folder: Path, name: str, statement: str) -> None:
    document = unsigned(name=name, statement=statement or "-")
    assert canonical_statements(document, CREDENTIAL) == _node(modules, folder, document, "--statements")
