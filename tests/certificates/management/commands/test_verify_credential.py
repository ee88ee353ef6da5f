"""The command in an empty folder: no database, no secret, no network, one changed byte."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from certificates.services.exporting import export_bundle
from certificates.services.revoking import revoke
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.face, pytest.mark.django_db]

# Any attempt to open a connection, to the database or the net, ends the process.
NO_CONNECTIONS = """
import socket, sqlite3, sys
in_memory = sqlite3.connect
def refuse(target, *args, **kwargs):
    if target == ":memory:":  # a library asks once what SQLite can do
        return in_memory(target, *args, **kwargs)
    raise SystemExit(f"a connection was opened: {target}")
socket.socket.connect = refuse
sqlite3.connect = sqlite3.dbapi2.connect = refuse
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


def _run(folder: Path, *words: str) -> tuple[int, dict]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(settings.REPO_DIR),
        "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
        "JIQIAO_DATA_DIR": str(folder / "nothing"),
        "SECRET_KEY": os.urandom(16).hex(),
    }
    command = [sys.executable, "-c", NO_CONNECTIONS, "verify_credential", *words, "--json"]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert result.stdout, result.stderr
    return result.returncode, json.loads(result.stdout)


@pytest.fixture
def bundle(now, tmp_path: Path) -> Path:
    bench = Bench()
    folder = tmp_path / "out"
    certificate = bench.issue(now)
    export_bundle(certificate=certificate, folder=folder)
    revoke(certificate=certificate, reason="替考查实", revoked_by=bench.certifier, now=now)
    export_bundle(certificate=certificate, folder=tmp_path / "revoked")
    return folder


def test_the_files_alone_are_enough(bundle: Path) -> None:
    at = ("--trust", ".", "--at", "2026-11-22T05:00:00+00:00")
    for name in ("credential.json", "certificate.pdf"):
        code, answer = _run(bundle, name, *at, "--name", "段文博")
        assert (code, answer["result"]) == (0, "valid")
        assert [check["ok"] for check in answer["checks"]] == [True] * 5

    assert _run(bundle, "credential.json", *at, "--name", "林小舟")[1]["result"] == "invalid"
    assert _run(bundle, "credential.json", "--trust", ".", "--at", "2031-01-01")[1]["result"] == "expired"
    assert _run(bundle, "credential.json", "--trust", ".", "--at", "2020-01-01")[1]["result"] == "not_yet_valid"
    assert _run(bundle, "credential.json", "--trust", str(bundle.parent / "revoked"))[1]["result"] == "revoked"


def test_one_changed_byte_is_enough_too(bundle: Path) -> None:
    original = (bundle / "credential.json").read_bytes()
    changed = bundle / "changed.json"
    for place in range(0, len(original), len(original) // 6):
        changed.write_bytes(original[:place] + bytes([original[place] ^ 1]) + original[place + 1 :])
        code, answer = _run(bundle, "changed.json", "--trust", ".", "--at", "2026-11-22T05:00:00Z")
        assert code != 0, place
        assert answer.get("result") != "valid"


def test_what_cannot_be_read_is_said_with_exit_two(bundle: Path) -> None:
    (bundle / "photo.png").write_bytes(b"\x89PNG")
    code, answer = _run(bundle, "photo.png", "--trust", ".")
    assert (code, answer["code"]) == (2, "unreadable")
    code, answer = _run(bundle, "missing.json", "--trust", ".")
    assert (code, answer["code"]) == (2, "file-missing")
    code, answer = _run(bundle, "credential.json", "--trust", ".", "--at", "yesterday")
    assert (code, answer["code"]) == (2, "not-a-moment")
    code, answer = _run(bundle, "credential.json", "--trust", "nowhere")
    assert (code, answer["code"]) == (1, "trust-unreadable")
