from datetime import timedelta
from decimal import Decimal

import pytest

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState, Verification
from lms.credits.models import Claim, ClaimEvidence, Confirmation, CreditLine
from lms.credits.services import crediting
from lms.credits.services.claim_states import evidence_hash_of
from lms.credits.services.confirming import (
    Chosen,
    EvidenceGone,
    LevelTooHigh,
    SharesOpen,
    confirm_claim,
    confirm_many,
)
from lms.credits.services.judging import (
    ClaimChangedSince,
    ClaimNotWaiting,
    NoReason,
    NotToComplete,
    NotYoursToConfirm,
    pass_on,
    reject_claim,
    return_claim,
)
from lms.mailing.models import Notice
from lms.records.models import AuditEvent
from lms.records.services.private_files import shred
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at, draft_claim, hand_in_claim, handed_in_claim
from tests.factories.judged import confirmed, confirmer_at, small_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]
LATER = BEGINNING + timedelta(days=1)


def lines(claim: Claim) -> list[tuple[int, Decimal]]:
    found = CreditLine.objects.filter(evidence=f"credits.claim:{claim.uid}").order_by("person_id", "pk")
    return [(line.person_id, line.points) for line in found]


def told(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("user_id", flat=True))


def test_a_small_claim_is_confirmed_by_one_and_posted() -> None:
    claim = small_claim()
    user = confirmer_at(claim.organisation)
    done = confirmed(claim, user)
    claim.refresh_from_db()
    assert (claim.state, claim.rated, claim.evidence_hash) == ("confirmed", Decimal("1.00"), evidence_hash_of(claim))
    line = CreditLine.objects.get()
    assert [each.pk for each in done.lines] == [line.pk]
    assert (line.points, line.rule, line.verification) == (Decimal("1.00"), "demand-filed", "document-checked")
    assert (line.verifier, line.evidence_hash) == (f"user:{user.pk}", claim.evidence_hash)
    assert line.source.startswith(f"credits.claim:{claim.uid}:")
    assert told("claim-confirmed") == [claim.person.user_id]


def test_a_large_claim_is_confirmed_by_two_different_people() -> None:
    claim = handed_in_claim()
    first, second = confirmer_at(claim.organisation), confirmer_at(claim.organisation, Role.CERTIFIER)
    assert Decimal(claim.rules.data["claims"]["two_people_from"]) == 10
    claim = handed_in_claim(amount="90000000.00")
    first, second = confirmer_at(claim.organisation), confirmer_at(claim.organisation, Role.CERTIFIER)
    half = confirmed(claim, first, verification=Verification.REGISTRY_MATCHED)
    assert (half.waits_for_second, lines(claim)) == (True, [])
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED
    again = confirmed(claim, first)
    assert (again.waits_for_second, Confirmation.objects.filter(claim=claim).count()) == (True, 1)
    whole = confirmed(claim, second)
    assert whole.claim.state == ClaimState.CONFIRMED
    line = CreditLine.objects.get(evidence=f"credits.claim:{claim.uid}")
    assert line.verifier == f"user:{first.pk}+user:{second.pk}"
    assert line.verification == Verification.DOCUMENT_CHECKED


def test_the_second_person_decides_about_what_the_first_left_on_the_page() -> None:
    claim = handed_in_claim(amount="90000000.00")
    first, second = confirmer_at(claim.organisation), confirmer_at(claim.organisation)
    confirmed(claim, first)
    with pytest.raises(ClaimChangedSince):
        confirmed(claim, second)


def test_a_declared_interest_asks_for_two_people_whatever_it_is_worth() -> None:
    claim = small_claim()
    Claim.objects.filter(pk=claim.pk).update(interest="甲方是我姐夫的公司", no_interest=False)
    claim.refresh_from_db()
    assert confirmed(claim, confirmer_at(claim.organisation)).waits_for_second


def test_every_share_gets_its_line_and_they_come_to_the_whole() -> None:
    partners = [(PersonFactory(), Decimal("33.33")), (PersonFactory(), Decimal("33.33"))]
    claim = small_claim(partners=partners)
    done = confirmed(claim, confirmer_at(claim.organisation))
    assert sorted(line.points for line in done.lines) == [Decimal("0.33"), Decimal("0.33"), Decimal("0.34")]
    assert sum(line.points for line in done.lines) == claim.rules.data["rules"][0]["points"] or Decimal("1.00")
    assert told("claim-confirmed") == sorted(share.person.user_id for share in claim.shares.all())


def test_nobody_confirms_before_every_share_is_agreed() -> None:
    claim = small_claim(partners=[(PersonFactory(), Decimal(40))], agreed=False)
    with pytest.raises(SharesOpen):
        confirmed(claim, confirmer_at(claim.organisation))
    assert (lines(claim), Confirmation.objects.count()) == ([], 0)


def test_nobody_confirms_an_own_claim_or_one_with_an_own_share() -> None:
    place, partner = claimant_at(), PersonFactory()
    claim = small_claim(place=place, partners=[(partner, Decimal(40))])
    from tests.factories.cohorts import RoleGrantFactory

    for user in (place.person.user, partner.user):
        RoleGrantFactory(user=user, organisation=claim.organisation, role=Role.BASE_MANAGER)
        for _rank in range(2):
            with pytest.raises(NotYoursToConfirm):
                confirmed(claim, user)
            user.is_superuser = True
    with pytest.raises(NotYoursToConfirm):
        confirmed(claim, confirmer_at(claimant_at().cohort.organisation))
    assert lines(claim) == []


def test_who_declares_an_interest_leaves_the_claim_to_others_for_good() -> None:
    claim = small_claim()
    user, other = confirmer_at(claim.organisation), confirmer_at(claim.organisation)
    with pytest.raises(NoReason):
        pass_on(claim=claim, user=user, reason=" ", now=LATER)
    for _click in range(2):
        pass_on(claim=claim, user=user, reason="甲方是我哥哥的厂", now=LATER)
    assert claim.events.filter(from_state="submitted", to_state="submitted").count() == 1
    assert AuditEvent.objects.filter(action="credits.claim-passed-on", actor=f"user:{user.pk}").count() == 1
    for act in (
        lambda: confirmed(claim, user),
        lambda: reject_claim(claim=claim, user=user, reason="不", revision=claim.revision, now=LATER),
    ):
        with pytest.raises(NotYoursToConfirm):
            act()
    assert confirmed(claim, other).claim.state == ClaimState.CONFIRMED


def test_a_level_above_what_the_evidence_carries_is_refused() -> None:
    claim = handed_in_claim(rule="mentoring", title="带教")
    for level in (Verification.PLATFORM_MEASURED, Verification.SELF_DECLARED):
        with pytest.raises(LevelTooHigh):
            confirmed(claim, confirmer_at(claim.organisation), verification=level)


def test_a_page_that_shows_something_else_confirms_nothing() -> None:
    claim = small_claim()
    user = confirmer_at(claim.organisation)
    for stale in ({"revision": claim.revision - 1}, {"revision": claim.revision, "seen": "0" * 64}):
        with pytest.raises(ClaimChangedSince):
            confirm_claim(claim=claim, user=user, verification="document-checked", now=LATER, **stale)
    assert lines(claim) == []
    seen = evidence_hash_of(claim)
    assert confirmed(claim, user, seen=seen).claim.evidence_hash == seen


def test_a_file_that_is_gone_is_not_vouched_for() -> None:
    claim = small_claim()
    shred(ClaimEvidence.objects.get(claim=claim).file)
    with pytest.raises(EvidenceGone):
        confirmed(claim, confirmer_at(claim.organisation))


def test_the_same_call_again_answers_the_same() -> None:
    claim = small_claim()
    user, other = confirmer_at(claim.organisation), confirmer_at(claim.organisation)
    first, again = confirmed(claim, user), confirmed(claim, user)
    assert [line.pk for line in again.lines] == [line.pk for line in first.lines]
    assert len(lines(claim)) == 1
    with pytest.raises(ClaimNotWaiting):
        confirmed(claim, other)


@pytest.mark.parametrize("broken", ["change_state", "_tell"])
def test_who_is_killed_between_review_and_posting_leaves_nothing(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = small_claim(partners=[(PersonFactory(), Decimal(40))])
    user = confirmer_at(claim.organisation)

    def die(*_given: object, **_more: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(f"lms.credits.services.confirming.{broken}", die)
        with pytest.raises(SystemExit):
            confirmed(claim, user)
    claim.refresh_from_db()
    assert (claim.state, claim.rated, lines(claim)) == (ClaimState.SUBMITTED, None, [])
    assert (Confirmation.objects.count(), told("claim-confirmed")) == (0, [])
    assert len(confirmed(claim, user).lines) == 2


def test_who_is_killed_between_two_lines_leaves_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = small_claim(partners=[(PersonFactory(), Decimal(40))])
    post, posted = crediting.post_award, []

    def second_fails(**given: object) -> object:
        if posted:
            raise MemoryError
        posted.append(post(**given))
        return posted[0]

    monkeypatch.setattr(crediting, "post_award", second_fails)
    with pytest.raises(MemoryError):
        confirmed(claim, confirmer_at(claim.organisation))
    claim.refresh_from_db()
    assert (posted[0].points, claim.state, lines(claim)) == (Decimal("0.40"), ClaimState.SUBMITTED, [])


def test_a_reached_cap_gives_nothing_more_and_says_so() -> None:
    place = claimant_at()
    user = confirmer_at(place.cohort.organisation)
    for number in range(15):
        claim = small_claim(place=place, title=f"需求 {number}", firm=f"厂 {number}")
        done = confirmed(claim, user)
    assert sum(points for _person, points in _all_lines(place.person)) == Decimal("10.00")
    assert (done.claim.state, done.lines) == (ClaimState.CONFIRMED, ())
    last = Notice.objects.filter(kind="claim-confirmed").order_by("-pk")[0]
    assert (last.context["points"], last.context["held_back"]) == ("0.00", "0.50")


def _all_lines(person: object) -> list[tuple[int, Decimal]]:
    return list(CreditLine.objects.filter(person=person).values_list("person_id", "points"))


def test_a_claim_goes_back_with_a_reason_and_a_day_and_comes_again() -> None:
    claim = small_claim()
    user = confirmer_at(claim.organisation)
    with pytest.raises(NoReason):
        return_claim(claim=claim, user=user, reason="", revision=claim.revision, now=LATER)
    back = return_claim(claim=claim, user=user, reason="缺预算依据", revision=claim.revision, now=LATER)
    again = return_claim(claim=claim, user=user, reason="缺预算依据", revision=claim.revision, now=LATER)
    assert (back.state, again.pk, (back.due_on - LATER.date()).days) == ("returned", back.pk, 30)
    notice = Notice.objects.get(kind="claim-returned")
    assert (notice.user_id, notice.context["reason"]) == (claim.person.user_id, "缺预算依据")
    claim.refresh_from_db()
    anew = hand_in_claim(claim=claim, actor="user:0", revision=claim.revision, now=LATER)
    assert (anew.round, confirmed(anew, user).claim.state) == (2, ClaimState.CONFIRMED)


def test_a_rejected_claim_gives_its_contract_back() -> None:
    claim = handed_in_claim()
    number = claim.contract_number.number_hash
    done = reject_claim(
        claim=claim, user=confirmer_at(claim.organisation), reason="与登记不符", revision=claim.revision, now=LATER
    )
    assert (done.state, told("claim-rejected")) == (ClaimState.REJECTED, [claim.person.user_id])
    other = handed_in_claim(title="同一份合同", registration_number=claim.fields["registration_number"])
    assert other.contract_number.number_hash == number


def test_a_draft_waits_for_nobody() -> None:
    claim = draft_claim()
    with pytest.raises(ClaimNotWaiting):
        confirmed(claim, confirmer_at(claim.organisation))


def test_many_are_confirmed_each_by_itself() -> None:
    place = claimant_at()
    user = confirmer_at(place.cohort.organisation)
    good, own, stale = (small_claim(place=place, title=title) for title in ("一", "二", "三"))
    pass_on(claim=own, user=user, reason="亲属", now=LATER)
    chosen = [Chosen(good, good.revision), Chosen(own, own.revision), Chosen(stale, stale.revision - 1)]
    results = confirm_many(chosen=chosen, user=user, verification="registry-matched", now=LATER)
    assert [bool(result.confirmed) for result in results] == [True, False, False]
    assert [type(result.refusal) for result in results[1:]] == [NotYoursToConfirm, ClaimChangedSince]
    assert "“二”" in str(results[1].refusal)
    assert CreditLine.objects.get().verification == Verification.DOCUMENT_CHECKED


def test_what_an_organisation_wrote_itself_is_not_returned() -> None:
    from uuid import uuid4

    from lms.credits.services.granting import grant
    from tests.factories.judged import entry_for

    place = claimant_at()
    user = confirmer_at(place.cohort.organisation)
    done = grant(entry=entry_for(place), user=user, request_id=uuid4(), now=LATER)
    with pytest.raises(NotToComplete):
        return_claim(claim=done.claim, user=user, reason="x", revision=1, now=LATER)
