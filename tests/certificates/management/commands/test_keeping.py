"""`issue`, `revoke`, `rotate_keys`: the state after, in JSON, with the contract's exit codes."""

import io
import json

import pytest
from django.core.management import call_command

from certificates.enums import KeyState
from certificates.models import Certificate, SigningKey
from tests.factories.certificates import Bench
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def _run(*words: str) -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command(*words, "--json", stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_issue_gives_the_state_after_and_is_safe_to_repeat(now, clock) -> None:
    decision = Bench().approve(now)
    first, again = _run("issue", "--decision", str(decision.pk)), _run("issue", "--decision", str(decision.uid))
    assert first == again
    assert first[0] == 0
    assert first[1]["serial"] == Certificate.objects.get().serial
    assert (first[1]["state"], first[1]["result"], first[1]["issued_on"]) == ("issued", "valid", "2026-11-22")


def test_issue_refuses_what_is_not_approved_or_not_there(now, clock) -> None:
    assert _run("issue", "--decision", str(Bench().prepare(now).pk))[1]["code"] == "not-approved"
    for ref in ("999999", "nonsense"):
        code, answer = _run("issue", "--decision", ref)
        assert (code, answer["code"]) == (1, "no-such-decision")


def test_revoke_gives_the_state_after(now, clock) -> None:
    certificate = Bench().issue(now)
    code, answer = _run("revoke", certificate.serial.lower(), "--reason", "替考查实")
    assert (code, answer) == (0, {"serial": certificate.serial, "state": "revoked", "result": "revoked"})
    assert certificate.events.last().actor is None


def test_revoke_wants_a_known_serial_and_a_reason(now, clock) -> None:
    certificate = Bench().issue(now)
    assert _run("revoke", "TTM-ZZZZ-1-2026-000001-0", "--reason", "x")[1]["code"] == "no-such-certificate"
    assert _run("revoke", certificate.serial, "--reason", " ")[1]["code"] == "revoking-needs-reason"


@pytest.mark.parametrize("purpose", ["vc", "status", "pades"])
def test_rotate_keys_retires_the_old_key(purpose: str, clock) -> None:
    organisation = OrganisationFactory()
    _run("rotate_keys", "--issuer", organisation.code, "--purpose", purpose)
    code, answer = _run("rotate_keys", "--issuer", organisation.code, "--purpose", purpose)
    keys = SigningKey.objects.filter(organisation=organisation, purpose=purpose).order_by("pk")
    assert [key.state for key in keys] == [KeyState.RETIRED, KeyState.ACTIVE]
    assert (code, answer["kid"]) == (0, keys[1].kid)


def test_rotate_keys_knows_the_field_key_and_unknown_issuers(clock) -> None:
    first, second = _run("rotate_keys", "--purpose", "field"), _run("rotate_keys", "--purpose", "field")
    assert second[1]["key"] == first[1]["key"] + 1
    assert _run("rotate_keys", "--issuer", "ZZZZ", "--purpose", "vc")[1]["code"] == "no-such-organisation"
