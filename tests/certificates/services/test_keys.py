import json
import stat
from pathlib import Path

import pytest
from django.conf import settings

from certificates.documents.checking import check_credential
from certificates.enums import KeyPurpose, KeyState, Result
from certificates.models import SigningKey
from certificates.services.keys import KeyFileMissing, key_for, rotate, signer_for
from certificates.services.publishing import issuer_document
from certificates.services.verifying import our_trust
from tests.factories.certificates import Bench
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_private_key_is_a_file_that_only_its_owner_reads(now) -> None:
    key = key_for(organisation=OrganisationFactory(), purpose=KeyPurpose.VC, now=now)
    path = Path(settings.JIQIAO_KEY_DIR) / f"{key.kid}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith("-----BEGIN PRIVATE KEY-----")
    assert "PRIVATE" not in json.dumps(list(SigningKey.objects.values()), default=str)


def test_what_an_old_key_signed_stays_valid_after_rotation(now) -> None:
    bench = Bench()
    old = bench.issue(now)
    rotate(organisation=bench.organisation, purpose=KeyPurpose.VC, now=now, actor="operator")
    new = bench.issue(now, person=bench.trainee("林小舟"))
    methods = [json.loads(one.credential)["proof"]["verificationMethod"] for one in (old, new)]
    assert methods[0] != methods[1]
    for one in (old, new):
        assert check_credential(json.loads(one.credential), trust=our_trust(one), at=now).result == Result.VALID


def test_a_compromised_key_verifies_nothing_any_more(now) -> None:
    bench = Bench()
    certificate = bench.issue(now)
    key = rotate(organisation=bench.organisation, purpose=KeyPurpose.VC, now=now, actor="operator")
    SigningKey.objects.exclude(pk=key.pk).filter(organisation=bench.organisation, purpose=KeyPurpose.VC).update(
        state=KeyState.COMPROMISED
    )
    assert len(issuer_document(bench.organisation.code)["assertionMethod"]) == 2
    report = check_credential(json.loads(certificate.credential), trust=our_trust(certificate), at=now)
    assert report.result == Result.INVALID


def test_a_lost_key_file_is_named(now) -> None:
    organisation = OrganisationFactory()
    key = key_for(organisation=organisation, purpose=KeyPurpose.VC, now=now)
    (Path(settings.JIQIAO_KEY_DIR) / f"{key.kid}.pem").unlink()
    with pytest.raises(KeyFileMissing, match=key.kid):
        signer_for(organisation=organisation, purpose=KeyPurpose.VC, now=now)


def test_the_key_for_pdf_signatures_stands_in_no_did_document(now) -> None:
    bench = Bench()
    bench.issue(now)
    before = issuer_document(bench.organisation.code)
    rotate(organisation=bench.organisation, purpose=KeyPurpose.PADES, now=now, actor="operator")
    assert issuer_document(bench.organisation.code) == before
