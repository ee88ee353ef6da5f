from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import PracticeKind
from courses.models import PracticeRecord
from courses.services.supervising import confirm_practice, return_practice
from lms.cohorts.enums import Role
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of
from tests.factories.practice import SAID, handed_in, paper
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def enrolment():
    return enrolment_of()


def upload(content: bytes, name: str = "返修单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_record_is_begun_proved_handed_in_and_confirmed(client, enrolment) -> None:
    client.force_login(enrolment.person.user)
    begun = client.post(
        "/me/practice/new/",
        {"kind": "visit", "title": "走访", "occurred_on": "2026-11-20", "organisation": enrolment.organisation_id},
    )
    words = {"title": "走访砺石", "occurred_on": "2026-11-20", **SAID[PracticeKind.VISIT]}
    # A gap keeps the rest: the good file is there already when the page comes back.
    gap = client.post(begun["Location"], {**words, "city": "", "evidence": [upload(paper().content)], "hand_in": "1"})
    assert gap.status_code == 400
    assert PracticeRecord.objects.get().evidence.count() == 1
    assert client.post(begun["Location"], {**words, "hand_in": "1"}).status_code == 302
    record = PracticeRecord.objects.get()
    assert (record.state, record.title, record.occurred_on) == ("submitted", "走访砺石", date(2026, 11, 20))
    assert "砺石铸造" in client.get(begun["Location"]).content.decode()

    client.force_login(RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER).user)
    page = f"/base/practice/{record.uid}/"
    assert client.post(page, {"action": "refuse", "reason": ""}).status_code == 400
    assert client.post(page, {"action": "confirm"}).status_code == 302
    assert client.post(page, {"action": "confirm"}).status_code == 409
    record.refresh_from_db()
    assert record.state == "confirmed"


def test_a_file_with_script_in_it_is_no_evidence(client, enrolment) -> None:
    client.force_login(enrolment.person.user)
    record = handed_in(enrolment)
    PracticeRecord.objects.filter(pk=record.pk).update(state="returned")
    words = {"title": record.title, "occurred_on": "2026-08-20", **SAID[PracticeKind.VISIT]}
    for content in (b"<svg><script>alert(1)</script></svg>", b"<html>", b""):
        files = [upload(content, "scan.pdf"), upload(paper().content)]
        answer = client.post(f"/me/practice/records/{record.uid}/", {**words, "evidence": files, "save": "1"})
        assert answer.status_code == 400
        assert "scan.pdf" in answer.content.decode()
    # The file beside the bad one was good each time and is kept.
    assert record.evidence.count() == 1 + 3


def test_a_returned_record_says_why_on_its_page(client, enrolment) -> None:
    record = handed_in(enrolment)
    trainer = RoleGrantFactory(organisation=record.organisation, role=Role.TRAINER).user
    return_practice(record=record, judged_by=trainer, reason="谁能证明周一？", now=record.created_at)
    client.force_login(enrolment.person.user)
    assert "谁能证明周一？" in client.get(f"/me/practice/records/{record.uid}/").content.decode()


def test_the_queue_and_the_list_ask_the_same_for_few_and_for_many(client, enrolment) -> None:
    trainer = RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER).user
    handed_in(enrolment)

    def queries(user, path: str) -> int:
        client.force_login(user)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    asked = [(trainer, "/base/practice/"), (enrolment.person.user, "/me/practice/")]
    few = [queries(*each) for each in asked]
    record = handed_in(enrolment)
    copies = range(1000)
    PracticeRecord.objects.bulk_create(
        PracticeRecord(
            person=record.person,
            organisation=record.organisation,
            kind=record.kind,
            title=f"走访 {number}",
            occurred_on=record.occurred_on,
            fields=record.fields,
            state="submitted",
            created_at=record.created_at,
            changed_at=record.changed_at,
        )
        for number in copies
    )
    # The paginator asks how many there are; nothing grows with them.
    assert [queries(*each) for each in asked] == few


def test_credits_are_claimed_from_a_confirmed_record_once(client, enrolment) -> None:
    SchemeFactory()  # to which the credit rules belong
    client.force_login(enrolment.person.user)
    record = handed_in(enrolment, PracticeKind.DEMAND)
    page = f"/me/practice/records/{record.uid}/"
    assert 'name="claim"' not in client.get(page).content.decode()
    # A form that was edited claims nothing before the record is confirmed.
    assert client.post(page, {"claim": "1"})["Location"] == page
    confirm_practice(
        record=record,
        judged_by=RoleGrantFactory(organisation=record.organisation, role=Role.TRAINER).user,
        now=record.created_at,
    )
    assert 'name="claim"' in client.get(page).content.decode()
    first, second = client.post(page, {"claim": "1"}), client.post(page, {"claim": "1"})
    assert first["Location"] == second["Location"]
    assert first["Location"].startswith("/me/credits/claim/")
    draft = client.get(first["Location"]).content.decode()
    assert "砺石铸造" in draft
    assert page in draft
    assert first["Location"] in client.get(page).content.decode()
