import pytest

from certificates.services.evidence import evidence_hash
from certificates.services.exporting import evidence_file, transcript
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_the_transcript_says_what_was_done_and_how_well(now) -> None:
    found = transcript(Bench().issue(now))
    assert (found["schema"], found["specimen"]) == (1, "样本 SPECIMEN")
    assert found["person"] == {"name": "段文博", "latin_name": "DUAN Wenbo"}
    assert found["class_hours_total"] == "1.11"
    assert [(result["code"], result["reached"], result["required"]) for result in found["results"]] == [
        ("hours-total", "1.11", "1.00"),
        ("exam", "75.00", "60"),
        ("simulation", "1", "1"),
    ]
    assert [(record["kind"], record["value"]) for record in found["records"]] == [
        ("class-hours", "0.55"),
        ("class-hours", "0.56"),
        ("exam", "75.00"),
        ("simulation", "82.00"),
    ]


def test_the_evidence_file_can_be_checked_against_its_own_hash(now) -> None:
    certificate = Bench().issue(now)
    found = evidence_file(certificate)
    assert found["schema"] == 1
    assert found["evidence_sha256"] == evidence_hash(found["evidence"])
    assert f"SHA-256 {found['evidence_sha256']}" in certificate.credential
    assert (found["decision"]["prepared_by"], found["decision"]["approved_by"]) == ("康敏", "郭建平")
    assert [event["kind"] for event in found["events"]] == ["issued"]
