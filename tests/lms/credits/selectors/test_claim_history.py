from datetime import timedelta

import pytest
from django.utils import translation

from lms.credits.enums import ClaimState
from lms.credits.selectors.claim_history import history_of
from lms.credits.selectors.claims import own_claim
from lms.credits.services.claim_states import change_state, locked
from lms.credits.services.claiming import appeal, hand_in_claim, withdraw_claim
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def after(days: int):
    return BEGINNING + timedelta(days=days)


def words_of(claim) -> list[str]:
    with translation.override("zh-hans"):
        found = own_claim(claim.person.user, claim.uid)
        return [f"{each.words} {each.reason}".strip() for each in history_of(found)]


def test_a_claims_way_is_told_with_the_last_first_and_its_reasons() -> None:
    partner = PersonFactory(real_name="段文博")
    claim = handed_in_claim(claimant_at(), partners=[(partner, 40)])
    change_state(locked(claim), ClaimState.RETURNED, "user:0", "缺第二页", after(1))
    claim.refresh_from_db()
    again = hand_in_claim(claim=claim, actor="user:0", revision=claim.revision, now=after(2))
    change_state(locked(again), ClaimState.REJECTED, "user:0", "不是你做的", after(3))
    appeal(claim=again, user=claim.person.user, reason="看附件", now=after(4))
    change_state(locked(again), ClaimState.SUBMITTED, "user:0", "", after(5))
    withdraw_claim(claim=again, actor=f"user:{claim.person.user_id}", now=after(6))
    told = words_of(claim)
    assert told == [
        "你撤回了申报",
        "申诉成立",
        "你提出的异议 看附件",
        "你对不予通过提出申诉",
        "不予通过 不是你做的",
        "已再次提交",
        "退回补充 缺第二页",
        "段文博 同意 40.00%",
        "已提交",
    ]


def test_an_interest_of_somebody_who_decides_is_told_without_the_name() -> None:
    claim = handed_in_claim(claimant_at())
    change_state(locked(claim), ClaimState.SUBMITTED, "user:0", "", after(1))
    assert words_of(claim)[0] == "已转交：一位可以核定的人与此事有利害关系"
