import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.credits.enums import ClaimState
from lms.credits.models import Claim, ClaimShare
from lms.credits.selectors.rules import lay_shipped_rules
from lms.credits.services.claim_states import change_state, locked
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import DAY, claimant_at, draft_claim, handed_in_claim
from tests.factories.cohorts import MembershipFactory, RoleGrantFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]
LIST = "/me/credits/claims/"


@pytest.fixture
def place(client, clock):
    found = claimant_at()
    client.force_login(found.person.user)
    return found


def test_the_list_says_where_each_claim_stands_and_until_when(client, place) -> None:
    claim = handed_in_claim(place)
    draft_claim(place, "demand-filed", title="气孔需求")
    page = client.get(LIST).content.decode()
    assert "气孔需求" in page
    assert '应在 <time datetime="2026-09-16">' in page
    change_state(locked(claim), ClaimState.RETURNED, "user:0", "缺页", BEGINNING)
    page = client.get(LIST).content.decode()
    # What came back stands first.
    assert page.index("测湿装置试用合同") < page.index("气孔需求")
    assert "前补充，已过期" in page
    only = client.get(f"{LIST}?state=returned").content.decode()
    assert "测湿装置试用合同" in only
    assert "气孔需求" not in only
    assert "现在没有这个状态的申报" in client.get(f"{LIST}?state=confirmed").content.decode()
    assert client.get(f"{LIST}?state=nonsense&page=999").status_code == 200


def test_a_share_that_waits_for_an_answer_stands_above_ones_own_claims(client, place) -> None:
    other = claimant_at()
    claim = handed_in_claim(other, partners=[(place.person, 40)], agreed=False, title="别人的合同")
    page = client.get(LIST).content.decode()
    assert f"{other.person.real_name} 申报，写了你占 40.00%" in page
    assert f"/me/credits/shares/{claim.shares.get(person=place.person).uid}/" in page


def test_drafts_and_claims_of_others_are_not_in_the_list(client, place) -> None:
    draft_claim(claimant_at(), title="别人的草稿", partners=[(place.person, 40)])
    page = client.get(LIST).content.decode()
    assert "别人的草稿" not in page
    assert "还没有申报过积分" in page


def test_the_list_asks_the_same_for_ten_claims_and_for_a_thousand(client, clock) -> None:
    def queries(place) -> int:
        client.force_login(place.person.user)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    def fill(place, number: int) -> None:
        first = draft_claim(place)
        common = {"person": first.person, "organisation": first.organisation, "rules": first.rules, "rule": first.rule}
        times = {"created_at": BEGINNING, "changed_at": BEGINNING}
        rows = [Claim(**common, **times, kind=first.kind, title=f"第 {n} 份", occurred_on=DAY) for n in range(number)]
        made = Claim.objects.bulk_create(rows)
        ClaimShare.objects.bulk_create([ClaimShare(claim=each, person=first.person, percent=100) for each in made])

    ten, thousand = claimant_at(), claimant_at()
    fill(ten, 9)
    fill(thousand, 999)
    queries(ten)
    assert queries(ten) == queries(thousand) == 9


def test_one_chooses_among_the_organisations_that_know_one(client, place) -> None:
    second = MembershipFactory(person=place.person).cohort.organisation
    page = client.get(f"{LIST}new/?organisation={second.code}").content.decode()
    assert f'value="{second.code}" selected' in page
    assert f'name="organisation" value="{second.code}"' in page
    stranger = RoleGrantFactory().organisation
    client.post(
        f"{LIST}new/",
        {"rule": "demand-filed", "title": "气孔", "occurred_on": DAY.isoformat(), "organisation": stranger.code},
    )
    # An address that was edited claims nowhere.
    assert not Claim.objects.exists()


def test_only_what_is_claimed_can_be_chosen(client, place) -> None:
    lay_shipped_rules()
    page = client.get(f"{LIST}new/").content.decode()
    for code in ("demand-filed", "match-made", "contract-registered", "pilot-landed", "policy-work"):
        assert f'value="{code}"' in page
    for code in ("exam-passed", "simulation-passed", "teaching", "violation-minor"):
        assert f'value="{code}"' not in page
    assert "每年最多 80.00 分" in page


def test_somebody_without_a_person_has_nothing_to_claim(client, admin_user) -> None:
    client.force_login(admin_user)
    assert client.get(LIST).status_code == 403


def test_a_partner_with_nothing_of_their_own_still_sees_what_is_asked(client) -> None:
    partner = PersonFactory()
    handed_in_claim(claimant_at(), partners=[(partner, 40)], agreed=False)
    client.force_login(partner.user)
    assert "查看并答复" in client.get(LIST).content.decode()
