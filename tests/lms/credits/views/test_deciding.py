from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from lms.credits.enums import ClaimState
from lms.credits.models import ClaimEvidence, Confirmation, CreditLine
from lms.credits.services.claim_states import evidence_hash_of
from lms.records.services.private_files import shred
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.judged import confirmer_at, settled_claim, small_claim

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def at(claim) -> str:
    return f"/desk/credits/claims/{claim.uid}/"


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(claim, **said: str) -> dict[str, str]:
    shown = {"revision": str(claim.revision), "seen": evidence_hash_of(claim)}
    return {**shown, "action": "confirm", "verification": "document-checked", "words": "已核对", **said}


def test_the_page_shows_what_confirming_would_post_and_confirms_it(clock) -> None:
    claim = small_claim(partners=[(PersonFactory(real_name="穆清扬"), Decimal(40))])
    visit = as_user(confirmer_at(claim.organisation))
    page = visit.get(at(claim)).text
    for words in ("核定后入账的内容", "穆清扬", "份额 40.00%，计 0.40", "份额 60.00%，计 0.60"):
        assert words in page
    done = visit.post(at(claim), sent(claim), follow=True)
    assert "已核定，下列各行已入账。" in done.text
    assert sorted(CreditLine.objects.values_list("points", flat=True)) == [Decimal("0.40"), Decimal("0.60")]


def test_the_second_person_reads_what_the_first_wrote(clock) -> None:
    claim = handed_in_claim(amount="90000000.00")
    first, second = confirmer_at(claim.organisation), confirmer_at(claim.organisation)
    assert "作为第一人核定" in as_user(first).get(at(claim)).text
    page = as_user(first).post(at(claim), sent(claim, words="登记系统里查到了"), follow=True).text
    assert "须第二人核定后才入账" in page
    assert "核定入账" not in page
    assert "登记系统里查到了" in as_user(second).get(at(claim)).text
    claim.refresh_from_db()
    as_user(second).post(at(claim), sent(claim))
    claim.refresh_from_db()
    assert (claim.state, Confirmation.objects.count()) == (ClaimState.CONFIRMED, 2)


def test_a_page_opened_before_a_change_is_refused_and_what_was_typed_stays(clock) -> None:
    claim = small_claim()
    visit = as_user(confirmer_at(claim.organisation))
    before = sent(claim)
    shred(ClaimEvidence.objects.get(claim=claim).file)
    page = visit.post(at(claim), before)
    assert (page.status_code, CreditLine.objects.count()) == (409, 0)
    assert "在你打开页面之后有变动" in page.text
    stale = visit.post(at(claim), {"action": "reject", "revision": "0", "reason": "走访记录不全"})
    assert stale.status_code == 409
    assert "走访记录不全" in stale.text


def test_returning_and_rejecting_want_a_reason(clock) -> None:
    claim = small_claim()
    visit = as_user(confirmer_at(claim.organisation))
    for action in ("return", "reject", "pass-on"):
        assert visit.post(at(claim), {"action": action, "revision": claim.revision}).status_code == 400
    visit.post(at(claim), {"action": "return", "revision": claim.revision, "reason": "缺预算依据"})
    claim.refresh_from_db()
    assert claim.state == ClaimState.RETURNED
    assert "缺预算依据" in visit.get(at(claim)).text
    assert visit.post(at(claim), {"action": "dance"}).status_code == 400


def test_who_passes_a_claim_on_finds_no_buttons_any_more(clock) -> None:
    claim = small_claim()
    user = confirmer_at(claim.organisation)
    said = {"action": "pass-on", "revision": claim.revision, "reason": "甲方是我哥哥的厂"}
    page = as_user(user).post(at(claim), said, follow=True).text
    assert "你因利害关系已把这件申报交由他人核定。" in page
    assert 'value="confirm"' not in page
    assert as_user(user).post(at(claim), sent(claim)).status_code == 403


def test_an_own_claim_is_shown_without_buttons(clock) -> None:
    place = claimant_at()
    claim = small_claim(place=place)
    RoleGrantFactory(user=place.person.user, organisation=claim.organisation, role="base-manager")
    page = as_user(place.person.user).get(at(claim)).text
    assert "这是你自己的工作" in page
    assert 'name="action"' not in page
    assert as_user(place.person.user).post(at(claim), sent(claim)).status_code == 403


def test_evidence_that_changes_afterwards_is_told(clock) -> None:
    claim = settled_claim()
    visit = as_user(confirmer_at(claim.organisation))
    assert "现在保存的内容与核定时不同" not in visit.get(at(claim)).text
    shred(ClaimEvidence.objects.get(claim=claim).file)
    assert "现在保存的内容与核定时不同" in visit.get(at(claim)).text


def test_claims_that_look_alike_are_named_and_those_of_others_stay_unnamed(clock) -> None:
    place = claimant_at()
    claim = small_claim(place=place, title="铸件气孔")
    small_claim(place=place, title="铸件气孔（再次）")
    elsewhere = claimant_at(person=place.person)
    small_claim(place=elsewhere, title="别处的铸件气孔")
    small_claim(place=place, title="久远的", occurred_on=claim.occurred_on - timedelta(days=60), now=BEGINNING)
    page = as_user(confirmer_at(claim.organisation)).get(at(claim))
    assert len(page.context["alike"]) == 2
    assert "铸件气孔（再次）" in page.text
    assert "其他机构的一件申报" in page.text
    assert "别处的铸件气孔" not in page.text


@pytest.mark.parametrize("partners", [0, 4])
def test_the_page_costs_the_same_however_many_took_part(partners: int, clock, django_assert_num_queries) -> None:
    claim = small_claim(partners=[(PersonFactory(), Decimal(20)) for _each in range(partners)])
    visit = as_user(confirmer_at(claim.organisation))
    visit.get(at(claim))
    with django_assert_num_queries(27):
        visit.get(at(claim))


def test_confirmed_twice_by_double_click_there_is_one_line(clock) -> None:
    claim = small_claim()
    visit = as_user(confirmer_at(claim.organisation))
    said = sent(claim)
    assert [visit.post(at(claim), said).status_code for _click in range(2)] == [302, 302]
    assert CreditLine.objects.count() == 1
