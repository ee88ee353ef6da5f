import pytest

from courses.enums import PracticeKind, PracticeState
from courses.models import PracticeRecord
from courses.selectors.practice import claim_on
from courses.selectors.practice_fields import fields_of
from courses.services.claiming import (
    RULE_OF,
    NoCreditsForKind,
    NotYourRecord,
    RecordNotConfirmed,
    claim_for_practice,
)
from courses.services.supervising import confirm_practice
from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState
from lms.credits.models import Claim
from lms.credits.services.claiming import hand_in_claim, withdraw_claim, write_claim
from lms.records.services.papers import open_paper
from tests.factories.accounts import BEGINNING, UserFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of
from tests.factories.practice import SAID, handed_in
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def enrolment():
    SchemeFactory()  # to which the credit rules belong
    return enrolment_of()


def confirmed(enrolment, kind=PracticeKind.CONTRACT) -> PracticeRecord:
    trainer = RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER).user
    return confirm_practice(record=handed_in(enrolment, kind), judged_by=trainer, now=BEGINNING)


def claim(record):
    return claim_for_practice(record=record, user=record.person.user, now=BEGINNING)


@pytest.mark.parametrize("kind", list(RULE_OF))
def test_all_that_the_record_says_and_the_rule_asks_for_is_taken_over(enrolment, kind) -> None:
    record = confirmed(enrolment, kind)
    draft = claim(record)
    assert (draft.state, draft.rule, draft.origin) == (
        ClaimState.DRAFT,
        RULE_OF[kind],
        f"courses.practice:{record.uid}",
    )
    assert (draft.title, draft.occurred_on, draft.organisation) == (
        record.title,
        record.occurred_on,
        record.organisation,
    )
    linked = {field.name for field in fields_of(kind) if field.value == "record"}
    assert draft.fields == {name: value for name, value in record.fields.items() if name not in linked}
    assert set(SAID[kind]) - set(draft.fields) == set()


def test_the_files_are_the_same_documents_with_a_new_owner(enrolment) -> None:
    record = confirmed(enrolment)
    draft = claim(record)
    first, second = record.evidence.get(), draft.evidence.get()
    assert first.file_id != second.file_id
    assert open_paper(first.file).content == open_paper(second.file).content
    assert second.file.owner == f"credits.claim:{draft.pk}"


def test_twice_answers_the_same_draft(enrolment) -> None:
    record = confirmed(enrolment)
    first = claim(record)
    assert claim(record).pk == first.pk
    assert (Claim.objects.count(), first.evidence.count()) == (1, 1)
    assert claim_on(record) == first


def test_what_is_missing_is_filled_in_and_handed_in(enrolment) -> None:
    draft = claim(confirmed(enrolment))
    whole = write_claim(
        claim=draft,
        title=draft.title,
        occurred_on=draft.occurred_on,
        fields=draft.fields | {"registration_number": "2026-LC-000001"},
        interest="",
        no_interest=True,
        revision=draft.revision,
        now=BEGINNING,
    )
    handed = hand_in_claim(claim=whole, actor="user:1", revision=whole.revision, now=BEGINNING)
    assert handed.state == ClaimState.SUBMITTED


def test_a_withdrawn_claim_leaves_the_record_free(enrolment) -> None:
    record = confirmed(enrolment, PracticeKind.DEMAND)
    draft = claim(record)
    ready = write_claim(
        claim=draft,
        title=draft.title,
        occurred_on=draft.occurred_on,
        fields=draft.fields,
        interest="",
        no_interest=True,
        revision=draft.revision,
        now=BEGINNING,
    )
    handed = hand_in_claim(claim=ready, actor="user:1", revision=ready.revision, now=BEGINNING)
    withdraw_claim(claim=handed, actor="user:1", now=BEGINNING)
    assert claim(record).pk != draft.pk


def test_only_ones_own_confirmed_record_of_a_kind_with_credits_is_claimed(enrolment) -> None:
    waiting = handed_in(enrolment, PracticeKind.DEMAND)
    with pytest.raises(RecordNotConfirmed):
        claim(waiting)
    visit = confirmed(enrolment, PracticeKind.VISIT)
    with pytest.raises(NoCreditsForKind):
        claim(visit)
    contract = confirmed(enrolment)
    with pytest.raises(NotYourRecord):
        claim_for_practice(record=contract, user=UserFactory(), now=BEGINNING)
    assert not Claim.objects.exists()
    assert contract.state == PracticeState.CONFIRMED
