from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.enums import ClaimState, ShareState
from lms.credits.services.claim_states import ClaimChanged
from lms.credits.services.claiming import add_evidence, hand_in_claim
from lms.credits.services.shares import (
    ClaimantWithoutShare,
    DeclineWithoutReason,
    NothingToAnswer,
    NotToBeShared,
    NotYourShare,
    Part,
    ShareAnswered,
    SharedTwice,
    ShareOutOfRange,
    SharesNotWhole,
    TooManyContributors,
    UnknownContributor,
    all_agreed,
    answer_share,
    as_percent,
    contributor,
    equal_shares,
    set_shares,
)
from lms.mailing.selectors.notices import notices_of
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at, draft_claim, handed_in_claim, proof
from tests.factories.cohorts import RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def place():
    return claimant_at()


@pytest.fixture
def partner():
    return PersonFactory()


def share_out(claim, *parts):
    shares = [Part(person, Decimal(percent)) for person, percent in parts]
    return set_shares(claim=claim, shares=shares, revision=claim.revision, now=BEGINNING)


def answer(claim, person, *, agree=True, reason="", revision=None):
    share = claim.shares.select_related("claim").get(person=person)
    return answer_share(share=share, user=person.user, agree=agree, reason=reason, revision=revision, now=BEGINNING)


@pytest.mark.parametrize(
    ("own", "other", "sum_"), [("61", "40", "101.00"), ("59.99", "40", "99.99"), ("60", "40.01", "100.01")]
)
def test_shares_come_to_exactly_the_whole(place, partner, own, other, sum_) -> None:
    claim = draft_claim(place)
    with pytest.raises(SharesNotWhole) as refused:
        share_out(claim, (place.person, own), (partner, other))
    assert refused.value.params["sum"] == sum_
    assert [share.percent for share in claim.shares.all()] == [100]
    assert [share.percent for share in share_out(claim, (place.person, "60"), (partner, "40")).shares.all()] == [60, 40]


def test_nobody_is_named_twice_and_whoever_claims_is_named(place, partner) -> None:
    claim = draft_claim(place)
    with pytest.raises(SharedTwice):
        share_out(claim, (place.person, 40), (partner, 30), (partner, 30))
    with pytest.raises(ClaimantWithoutShare):
        share_out(claim, (partner, 100))
    many = [(place.person, 79)] + [(PersonFactory(), 1) for _ in range(21)]
    with pytest.raises(TooManyContributors):
        share_out(claim, *many)


def test_a_rule_for_one_person_is_not_shared(place, partner) -> None:
    claim = draft_claim(place, "mentoring")
    with pytest.raises(NotToBeShared):
        share_out(claim, (place.person, 50), (partner, 50))


@pytest.mark.parametrize(
    "given",
    ["0", "-1", "100.01", "33.333", "NaN", "sNaN", "Infinity", "-Infinity", "1e1", "1E2", "", "forty", "５０％"],
)
def test_a_share_is_a_plain_figure(given) -> None:
    with pytest.raises(ShareOutOfRange):
        as_percent(given)


def test_partners_are_found_by_the_address_they_sign_in_with(partner) -> None:
    assert contributor(f"  {partner.user.email.upper()} ") == partner
    with pytest.raises(UnknownContributor):
        contributor("nobody@jiqiao.example")
    with pytest.raises(UnknownContributor):
        contributor("")


@given(st.integers(min_value=1, max_value=21))
def test_equal_shares_come_to_the_whole_and_differ_by_a_hundredth_at_most(people) -> None:
    shares = equal_shares(people)
    assert sum(shares) == 100
    assert max(shares) - min(shares) <= Decimal("0.01")


def test_partners_are_asked_when_the_claim_is_handed_in_and_confirmers_told_when_all_agreed(place, partner) -> None:
    manager = RoleGrantFactory(organisation=place.cohort.organisation).user
    claim = handed_in_claim(place, partners=[(partner, 40)], agreed=False)
    assert "share-asked" in [notice.kind for notice in notices_of(partner.user)]
    assert "claim-waiting" not in [notice.kind for notice in notices_of(manager)]
    assert not all_agreed(claim)
    assert answer(claim, partner).state == ShareState.AGREED
    assert all_agreed(claim)
    assert "claim-waiting" in [notice.kind for notice in notices_of(manager)]
    assert "share-answered" in [notice.kind for notice in notices_of(place.person.user)]


def test_a_draft_asks_nobody(place, partner) -> None:
    claim = draft_claim(place, partners=[(partner, 40)])
    assert list(notices_of(partner.user)) == []
    with pytest.raises(NothingToAnswer):
        answer(claim, partner)


def test_a_declined_share_sends_the_claim_back_with_the_reason(place, partner) -> None:
    claim = handed_in_claim(place, partners=[(partner, 40)], agreed=False)
    with pytest.raises(DeclineWithoutReason):
        answer(claim, partner, agree=False, reason="  ")
    answer(claim, partner, agree=False, reason="我做了一半")
    claim.refresh_from_db()
    assert claim.state == ClaimState.RETURNED
    assert claim.events.last().reason == "我做了一半"
    # Handed in again as it stands, the partner is asked once more.
    hand_in_claim(claim=claim, actor=f"user:{place.person.user_id}", revision=claim.revision, now=BEGINNING)
    assert claim.shares.get(person=partner).state == ShareState.ASKED


def test_an_answer_is_given_once_and_repeating_it_changes_nothing(place, partner) -> None:
    claim = handed_in_claim(place, partners=[(partner, 40)], agreed=False)
    first = answer(claim, partner)
    again = answer(claim, partner)
    assert (again.state, again.answered_at) == (first.state, first.answered_at)
    with pytest.raises(ShareAnswered):
        answer(claim, partner, agree=False, reason="又不同意了")


def test_nobody_answers_for_somebody_else_and_the_claimant_for_nobody(place, partner) -> None:
    claim = handed_in_claim(place, partners=[(partner, 40)], agreed=False)
    share = claim.shares.get(person=partner)
    with pytest.raises(NotYourShare):
        answer_share(share=share, user=place.person.user, agree=True, now=BEGINNING)
    own = claim.shares.get(person=place.person)
    with pytest.raises(NotYourShare):
        answer_share(share=own, user=place.person.user, agree=False, reason="x", now=BEGINNING)


def test_an_answer_is_to_what_was_read(place, partner) -> None:
    claim = handed_in_claim(place, partners=[(partner, 40)], agreed=False)
    with pytest.raises(ClaimChanged):
        answer(claim, partner, revision=claim.revision - 1)
    assert answer(claim, partner, revision=claim.revision).state == ShareState.AGREED


def test_a_share_that_changes_asks_everybody_anew(place, partner) -> None:
    third = PersonFactory()
    claim = handed_in_claim(place, partners=[(partner, 40), (third, 20)], agreed=False)
    answer(claim, partner)
    answer(claim, third, agree=False, reason="我没有参与")
    claim.refresh_from_db()
    changed = share_out(claim, (place.person, 60), (partner, 40))
    assert [(share.person, share.state) for share in changed.shares.all()] == [
        (place.person, ShareState.AGREED),
        (partner, ShareState.ASKED),
    ]


def test_another_file_is_another_claim_to_agree_to(place, partner) -> None:
    third = PersonFactory()
    claim = handed_in_claim(place, partners=[(partner, 40), (third, 20)], agreed=False)
    answer(claim, partner)
    answer(claim, third, agree=False, reason="缺会议纪要")
    claim.refresh_from_db()
    added = add_evidence(claim=claim, papers=[proof("会议纪要.pdf", pages=2)], revision=claim.revision, now=BEGINNING)
    assert added.evidence.count() == 2
    assert added.shares.get(person=partner).state == ShareState.ASKED
