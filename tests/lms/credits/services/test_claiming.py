from datetime import date, timedelta

import pytest
from django.utils import translation

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState, ShareState
from lms.credits.models import Claim, ClaimEvidence, ContractNumber
from lms.credits.services.claim_rules import BeforeTheScheme, ClaimTooLate, NothingToClaim, WorkAhead
from lms.credits.services.claim_states import ClaimChanged, ClaimSettled, change_state, locked
from lms.credits.services.claiming import (
    ClaimIncomplete,
    ClaimWithoutTitle,
    CompletionTooLate,
    EvidenceMissing,
    InterestUndeclared,
    NotYourOrganisation,
    begin_claim,
    hand_in_claim,
    remove_evidence,
    write_claim,
)
from lms.credits.services.contract_numbers import ContractNumberTaken, ContractNumberTooShort
from lms.mailing.selectors.notices import notices_of
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import DAY, claimant_at, draft_claim, handed_in_claim
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credits import make_hours

pytestmark = [pytest.mark.room, pytest.mark.django_db]
TODAY = date(2026, 9, 1)


@pytest.fixture
def place():
    return claimant_at()


def begin(place, **given):
    return begin_claim(
        **{
            "person": place.person,
            "organisation": place.cohort.organisation,
            "rule": "demand-filed",
            "title": "气孔",
            "occurred_on": DAY,
            "now": BEGINNING,
            **given,
        }
    )


def write(claim, **given):
    return write_claim(
        **{
            "claim": claim,
            "title": claim.title,
            "occurred_on": claim.occurred_on,
            "fields": claim.fields,
            "interest": claim.interest,
            "no_interest": claim.no_interest,
            "revision": claim.revision,
            "now": BEGINNING,
            **given,
        }
    )


def hand_in(claim, now=BEGINNING):
    return hand_in_claim(claim=claim, actor=f"user:{claim.person.user_id}", revision=claim.revision, now=now)


def test_a_draft_is_handed_in_and_waits_for_those_who_confirm(place) -> None:
    base = place.cohort.organisation
    RoleGrantFactory(organisation=base, role=Role.CERTIFIER, user=place.person.user)
    manager = RoleGrantFactory(organisation=base, role=Role.BASE_MANAGER).user
    claim = hand_in(draft_claim(place))
    assert (claim.state, claim.round, claim.submitted_at) == (ClaimState.SUBMITTED, 1, BEGINNING)
    assert claim.due_on == TODAY + timedelta(days=15)
    assert [(event.from_state, event.to_state) for event in claim.events.all()] == [("draft", "submitted")]
    assert "claim-waiting" in [notice.kind for notice in notices_of(manager)]
    # Who claims is a certifier there too, and is not asked to look at it.
    assert "claim-waiting" not in [notice.kind for notice in notices_of(place.person.user)]


def test_a_claim_begins_with_its_owner_at_the_whole(place) -> None:
    claim = begin(place)
    share = claim.shares.get()
    assert (share.person, share.percent, share.state) == (place.person, 100, ShareState.AGREED)
    assert (claim.kind, claim.rules.code, claim.revision) == ("demand", "2026.2", 0)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"occurred_on": TODAY + timedelta(days=1)}, WorkAhead),
        ({"occurred_on": date(2025, 12, 31)}, BeforeTheScheme),
        ({"rule": "exam-passed"}, NothingToClaim),
        ({"rule": "teaching"}, NothingToClaim),
        ({"rule": "no-such-rule"}, NothingToClaim),
        ({"title": "  "}, ClaimWithoutTitle),
    ],
)
def test_what_cannot_be_claimed_is_refused_before_anything_is_written(place, given, refusal) -> None:
    with pytest.raises(refusal) as refused:
        begin(place, **given)
    with translation.override("zh-hans"):
        assert "%(" not in str(refused.value)
        assert any("一" <= sign <= "鿿" for sign in str(refused.value))
    assert not Claim.objects.exists()


def test_work_is_claimed_within_its_time(place) -> None:
    last = DAY + timedelta(days=365)
    at_the_end = BEGINNING.replace(year=last.year, month=last.month, day=last.day)
    claim = begin(place, now=at_the_end)
    with pytest.raises(ClaimTooLate) as refused:
        begin(place, now=at_the_end + timedelta(days=1))
    assert refused.value.params["last"] == last.isoformat()
    # A draft of yesterday is too late today as well.
    with pytest.raises(ClaimTooLate):
        write(claim, now=at_the_end + timedelta(days=1))


def test_a_claim_goes_where_somebody_knows_the_person(place) -> None:
    stranger = OrganisationFactory()
    with pytest.raises(NotYourOrganisation):
        begin(place, organisation=stranger)
    make_hours(person=place.person, organisation=stranger)
    assert begin(place, organisation=stranger).organisation == stranger
    employer = RoleGrantFactory(user=place.person.user, role=Role.TRAINER).organisation
    assert begin(place, organisation=employer).organisation == employer


def test_the_same_origin_again_answers_the_draft_that_is_there(place) -> None:
    first = begin(place, origin="courses.practice:1", fields={"firm": "砺石铸造", "amount": "no figure", "else": "x"})
    again = begin(place, origin="courses.practice:1", fields={"firm": "另一家"})
    assert again.pk == first.pk
    # What fits is taken over, the rest stays unsaid.
    assert again.fields == {"firm": "砺石铸造"}
    other = begin(claimant_at(), origin="courses.practice:1")
    assert other.pk != first.pk


def test_a_draft_may_have_gaps_and_a_claim_may_not(place) -> None:
    claim = draft_claim(place)
    gap = write(claim, fields=claim.fields | {"parties": " ", "own_part": ""})
    with pytest.raises(ClaimIncomplete) as refused:
        hand_in(gap)
    assert set(str(refused.value.params["fields"]).split(", ")) == {"当事人", "我做的那一段"}
    whole = write(gap, fields=claim.fields)
    stripped = remove_evidence(claim=whole, evidence=whole.evidence.get(), revision=whole.revision, now=BEGINNING)
    with pytest.raises(EvidenceMissing):
        hand_in(stripped)


@pytest.mark.parametrize(("none", "which"), [(False, ""), (True, "持有砺石铸造的股份"), (False, "   ")])
def test_of_the_declarations_one_is_needed_and_one_alone(place, none, which) -> None:
    claim = write(draft_claim(place), no_interest=none, interest=which)
    with pytest.raises(InterestUndeclared):
        hand_in(claim)


def test_a_described_interest_is_no_obstacle(place) -> None:
    claim = write(draft_claim(place), no_interest=False, interest="妻子在岚川理工学院任教")
    assert hand_in(claim).state == ClaimState.SUBMITTED


def test_a_page_opened_before_another_change_is_refused(place) -> None:
    claim = draft_claim(place)
    write(claim, title="改过")
    with pytest.raises(ClaimChanged):
        write(claim, title="另一个窗口")
    with pytest.raises(ClaimChanged):
        hand_in(claim)
    claim.refresh_from_db()
    assert (claim.title, claim.state) == ("改过", ClaimState.DRAFT)


def test_handing_in_twice_gives_one_claim_and_the_same_answer(place) -> None:
    draft = draft_claim(place)
    first, second = hand_in(draft), hand_in(draft)
    assert (first.pk, first.round, first.revision) == (second.pk, second.round, second.revision)
    assert first.events.count() == 1
    with pytest.raises(ClaimSettled):
        write(second, title="太晚")


def test_writing_the_same_again_changes_nothing(place) -> None:
    claim = draft_claim(place)
    assert write(claim).revision == claim.revision


def test_a_returned_claim_is_handed_in_again_in_its_second_round(place) -> None:
    claim = handed_in_claim(place)
    change_state(locked(claim), ClaimState.RETURNED, "user:0", "缺登记证明", BEGINNING)
    claim.refresh_from_db()
    assert claim.due_on == TODAY + timedelta(days=30)
    whole = write(claim, title="补齐")
    with pytest.raises(CompletionTooLate):
        hand_in(whole, now=BEGINNING + timedelta(days=31))
    again = hand_in(whole, now=BEGINNING + timedelta(days=30))
    assert (again.state, again.round) == (ClaimState.SUBMITTED, 2)


@pytest.mark.parametrize(
    "spelling",
    ["2026-LC-888001", "2026 lc 888001", "２０２６ＬＣ８８８００１", "2026–lc–888001", " 2026LC888001 "],
)
def test_a_contract_counts_once_however_its_number_is_spelt(place, spelling) -> None:
    handed_in_claim(place, registration_number="2026-LC-888001")
    elsewhere = draft_claim(claimant_at(), registration_number=spelling)
    with pytest.raises(ContractNumberTaken) as refused:
        hand_in(elsewhere)
    told = str(refused.value)
    assert "8001" in told
    # Nobody learns whose it is, nor where.
    assert place.person.real_name not in told
    assert place.cohort.organisation.name not in told
    assert place.cohort.organisation.code not in told


def test_a_number_of_a_few_signs_is_no_contract(place) -> None:
    with pytest.raises(ContractNumberTooShort):
        draft_claim(place, registration_number="LC-1")


def test_a_contract_is_free_again_once_its_claim_is_rejected(place) -> None:
    claim = handed_in_claim(place, registration_number="2026-LC-777001")
    assert ContractNumber.objects.get().tail == "7001"
    change_state(locked(claim), ClaimState.REJECTED, "user:0", "不是你的", BEGINNING)
    assert not ContractNumber.objects.exists()
    other = handed_in_claim(claimant_at(), registration_number="2026LC777001")
    assert ContractNumber.objects.get().claim == other


def test_the_row_of_a_contract_number_does_not_tell_the_number(place) -> None:
    handed_in_claim(place, registration_number="2026-LC-777001")
    row = ContractNumber.objects.get()
    assert "777001" not in row.number_hash + row.tail


def test_the_rules_of_the_day_of_the_work_decide(place) -> None:
    claim = draft_claim(place)
    assert claim.rules.code == "2026.2"
    with pytest.raises(BeforeTheScheme):
        write(claim, occurred_on=date(2025, 6, 1))
    assert ClaimEvidence.objects.filter(claim=claim).count() == 1


def test_a_partner_who_agreed_is_asked_anew_when_the_claim_says_something_else(place) -> None:
    partner = PersonFactory()
    claim = handed_in_claim(place, partners=[(partner, 40)])
    change_state(locked(claim), ClaimState.RETURNED, "user:0", "金额不对", BEGINNING)
    claim.refresh_from_db()
    untouched = write(claim, interest="", no_interest=True)
    assert untouched.shares.get(person=partner).state == ShareState.AGREED
    changed = write(claim, fields=claim.fields | {"amount": "130000"})
    assert changed.shares.get(person=partner).state == ShareState.ASKED
    assert changed.shares.get(person=place.person).state == ShareState.AGREED
