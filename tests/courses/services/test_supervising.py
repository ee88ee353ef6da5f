import pytest
from django.db import DatabaseError, transaction

from courses.enums import PracticeKind, PracticeState
from courses.models import PracticeRecord
from courses.services.practice import PracticeSettled, hand_in_practice, write_practice
from courses.services.supervising import (
    JudgementWithoutReason,
    NotYoursToJudge,
    PracticeNotWaiting,
    confirm_practice,
    open_evidence,
    refuse_practice,
    return_practice,
)
from lms.cohorts.enums import Role
from lms.mailing.selectors.notices import notices_of
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import history_of
from tests.factories.accounts import BEGINNING, UserFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of
from tests.factories.practice import SAID, handed_in

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def record():
    return handed_in(enrolment_of(), PracticeKind.DEMAND)


@pytest.fixture
def trainer(record):
    return RoleGrantFactory(organisation=record.organisation, role=Role.TRAINER).user


def told(record) -> list[str]:
    return [notice.kind for notice in notices_of(record.person.user) if notice.kind.startswith("practice")]


def test_a_confirmed_record_counts_once_and_tells_its_owner(record, trainer, now) -> None:
    confirmed = confirm_practice(record=record, judged_by=trainer, now=now)
    with pytest.raises(PracticeNotWaiting):
        confirm_practice(record=record, judged_by=trainer, now=now)
    facts = [fact for fact in history_of(record.person_id) if fact.kind == FactKind.PRACTICE]
    assert [(fact.ref, fact.value) for fact in facts] == [("demand", 1)]
    assert (confirmed.state, confirmed.supervisor) == (PracticeState.CONFIRMED, trainer)
    assert told(record) == ["practice-confirmed"]


@pytest.mark.db
def test_the_database_itself_keeps_a_confirmed_record(record, trainer, now) -> None:
    confirm_practice(record=record, judged_by=trainer, now=now)
    for change in ({"fields": {}}, {"state": PracticeState.DRAFT}, {"title": "另一件事"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PracticeRecord.objects.filter(pk=record.pk).update(**change)
    with pytest.raises(PracticeSettled):
        write_practice(record=record, title="x", occurred_on=record.occurred_on, fields={}, now=now)


def test_nobody_signs_an_own_record_off_or_one_of_another_base(record, now) -> None:
    own = record.person.user
    RoleGrantFactory(organisation=record.organisation, role=Role.BASE_MANAGER, user=own)
    own.is_superuser = True
    own.save()
    strangers = (UserFactory(), RoleGrantFactory(role=Role.TRAINER).user)
    certifier = RoleGrantFactory(organisation=record.organisation, role=Role.CERTIFIER).user
    for user in (own, certifier, *strangers):
        for act in (confirm_practice, lambda **words: refuse_practice(reason="不行", **words)):
            with pytest.raises(NotYoursToJudge):
                act(record=record, judged_by=user, now=now)
    record.refresh_from_db()
    assert record.state == PracticeState.SUBMITTED


def test_a_returned_record_comes_back_with_its_history(record, trainer, now) -> None:
    with pytest.raises(JudgementWithoutReason):
        return_practice(record=record, judged_by=trainer, reason=" ", now=now)
    return_practice(record=record, judged_by=trainer, reason="谁能证明？", now=now)
    said = {**SAID[PracticeKind.DEMAND], "metric": "气孔废品率百分之五"}
    write_practice(record=record, title=record.title, occurred_on=record.occurred_on, fields=said, now=now)
    again = hand_in_practice(record=record, actor=f"user:{record.person.user_id}", now=now)
    refuse_practice(record=again, judged_by=trainer, reason="对不上", now=now)
    events = [(event.from_state, event.to_state, event.reason) for event in record.events.all()]
    assert events == [
        ("draft", "submitted", ""),
        ("submitted", "returned", "谁能证明？"),
        ("returned", "submitted", ""),
        ("submitted", "refused", "对不上"),
    ]
    assert sorted(told(record)) == ["practice-refused", "practice-returned"]
    assert [fact for fact in history_of(record.person_id) if fact.kind == FactKind.PRACTICE] == []


def test_evidence_opens_for_its_owner_and_for_who_signs_off(record, trainer) -> None:
    evidence = record.evidence.get()
    for user in (record.person.user, trainer):
        assert open_evidence(evidence=evidence, opened_by=user, now=BEGINNING).content.startswith(b"%PDF-")
    with pytest.raises(NotYoursToJudge):
        open_evidence(evidence=evidence, opened_by=UserFactory(), now=BEGINNING)
