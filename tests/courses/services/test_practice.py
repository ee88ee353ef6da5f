from datetime import date, timedelta

import pytest

from courses.enums import PracticeKind, PracticeState
from courses.models import PracticeEvidence, PracticeRecord
from courses.services.practice import (
    EvidenceMissing,
    NotADraft,
    NotYourBase,
    PracticeAhead,
    PracticeIncomplete,
    PracticeSettled,
    TooMuchEvidence,
    add_evidence,
    begin_practice,
    discard_practice,
    hand_in_practice,
    remove_evidence,
    write_practice,
)
from courses.services.practice_facts import BudgetUpsideDown, PracticeValueWrong
from lms.cohorts.enums import Role
from lms.mailing.selectors.notices import notices_of
from lms.records.services.papers import MAX_DOCUMENTS
from tests.factories.accounts import BEGINNING
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of
from tests.factories.practice import SAID, draft_of, handed_in, paper

pytestmark = [pytest.mark.room, pytest.mark.django_db]
DAY = date(2026, 8, 20)


@pytest.fixture
def enrolment():
    return enrolment_of()


def write(record, **fields):
    said = {**SAID[PracticeKind(record.kind)], **fields}
    return write_practice(record=record, title="改过", occurred_on=DAY, fields=said, now=BEGINNING)


@pytest.mark.parametrize("kind", list(PracticeKind))
def test_every_kind_goes_from_draft_to_supervisor(enrolment, kind) -> None:
    RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER, user=enrolment.person.user)
    trainer = RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER).user
    record = handed_in(enrolment, kind)
    assert record.state == PracticeState.SUBMITTED
    assert [event.to_state for event in record.events.all()] == ["submitted"]
    assert [notice.kind for notice in notices_of(trainer)] == ["practice-waiting"]
    # Who wrote it is a trainer there too and is not asked to look at it.
    assert "practice-waiting" not in [notice.kind for notice in notices_of(enrolment.person.user)]


def test_a_draft_may_have_gaps_and_a_record_may_not(enrolment) -> None:
    record = write(draft_of(enrolment), seen="", city=" ")
    with pytest.raises(PracticeIncomplete) as refused:
        hand_in_practice(record=record, actor="test", now=BEGINNING)
    assert set(str(refused.value.params["fields"]).split(", ")) == {"城市", "看到和问到什么"}
    whole = write(record)
    with pytest.raises(EvidenceMissing):
        hand_in_practice(record=whole, actor="test", now=BEGINNING)


def test_amounts_and_days_are_kept_in_one_form(enrolment) -> None:
    record = draft_of(enrolment, PracticeKind.CONTRACT)
    assert record.fields["amount"] == "120000.50"
    assert write(record, amount=7).fields["amount"] == "7.00"
    assert record.fields["signed_on"] == "2026-08-20"


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (PracticeKind.CONTRACT, {"amount": "1.005"}),
        (PracticeKind.CONTRACT, {"amount": "NaN"}),
        (PracticeKind.CONTRACT, {"amount": "-1"}),
        (PracticeKind.CONTRACT, {"contract_kind": "gift"}),
        (PracticeKind.CONTRACT, {"signed_on": "2027-01-01"}),
        (PracticeKind.CONTRACT, {"signed_on": "20.08.2026"}),
        (PracticeKind.ACHIEVEMENT, {"trl": "10"}),
        (PracticeKind.VISIT, {"city": "岚" * 121}),
        (PracticeKind.MATCH, {"demand_record": "no-uid"}),
    ],
)
def test_a_wrong_value_is_refused(enrolment, kind, wrong) -> None:
    record = draft_of(enrolment, kind)
    with pytest.raises(PracticeValueWrong) as refused:
        write(record, **wrong)
    assert refused.value.name in wrong
    assert PracticeRecord.objects.get(pk=record.pk).fields == record.fields


def test_a_budget_has_its_lower_end_first(enrolment) -> None:
    with pytest.raises(BudgetUpsideDown):
        write(draft_of(enrolment, PracticeKind.DEMAND), budget_from="2", budget_to="1")


def test_a_record_links_to_own_records_of_the_right_kind_only(enrolment) -> None:
    visit, demand = draft_of(enrolment), draft_of(enrolment, PracticeKind.DEMAND)
    assert write(demand, visit=visit.uid).fields["visit"] == str(visit.uid)
    for wrong in (demand.uid, draft_of(enrolment_of()).uid, draft_of(enrolment, PracticeKind.MATCH).uid):
        with pytest.raises(PracticeValueWrong):
            write(demand, visit=wrong)


def test_nobody_records_what_has_not_happened_or_where_nobody_knows_them(enrolment) -> None:
    words = {"person": enrolment.person, "kind": PracticeKind.VISIT, "title": "走访", "now": BEGINNING}
    with pytest.raises(PracticeAhead):
        begin_practice(organisation=enrolment.organisation, occurred_on=BEGINNING.date() + timedelta(days=1), **words)
    with pytest.raises(NotYourBase):
        begin_practice(organisation=OrganisationFactory(), occurred_on=DAY, **words)
    assert not PracticeRecord.objects.exists()


def test_six_files_are_the_most(enrolment) -> None:
    record = draft_of(enrolment)
    add_evidence(record=record, papers=[paper(f"{n}.pdf") for n in range(MAX_DOCUMENTS)], now=BEGINNING)
    with pytest.raises(TooMuchEvidence):
        add_evidence(record=record, papers=[paper()], now=BEGINNING)
    assert record.evidence.count() == MAX_DOCUMENTS


def test_a_draft_goes_with_its_files_and_a_record_stays(enrolment) -> None:
    record = draft_of(enrolment)
    add_evidence(record=record, papers=[paper()], now=BEGINNING)
    discard_practice(record=record)
    assert not PracticeEvidence.objects.exists()
    assert not PracticeRecord.objects.exists()
    waiting = handed_in(enrolment)
    for act in (discard_practice, lambda record: add_evidence(record=record, papers=[paper()], now=BEGINNING)):
        with pytest.raises(PracticeSettled):
            act(record=waiting)
    PracticeRecord.objects.filter(pk=waiting.pk).update(state=PracticeState.RETURNED)
    with pytest.raises(NotADraft):
        discard_practice(record=waiting)


def test_of_a_returned_record_the_line_of_a_shredded_file_stays(enrolment) -> None:
    record = handed_in(enrolment)
    PracticeRecord.objects.filter(pk=record.pk).update(state=PracticeState.RETURNED)
    evidence = record.evidence.get()
    remove_evidence(record=record, evidence=evidence)
    evidence.refresh_from_db()
    assert evidence.file is None
    with pytest.raises(EvidenceMissing):
        hand_in_practice(record=record, actor="test", now=BEGINNING)
