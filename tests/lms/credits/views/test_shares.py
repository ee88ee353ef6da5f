import pytest

from lms.credits.enums import ClaimState, ShareState
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at, draft_claim, handed_in_claim

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def partner(client, clock):
    found = PersonFactory()
    client.force_login(found.user)
    return found


@pytest.fixture
def claim(partner):
    return handed_in_claim(claimant_at(), partners=[(partner, 40)], agreed=False)


def page_of(claim, person) -> str:
    return f"/me/credits/shares/{claim.shares.get(person=person).uid}/"


def test_a_partner_reads_what_is_claimed_and_agrees(client, claim, partner) -> None:
    page = client.get(page_of(claim, partner)).content.decode()
    assert "砺石铸造（委托方）" in page
    assert "40.00 %" in page
    # 40 % of the 10 points of the band up to 500,000 yuan.
    assert "<dd>4.00</dd>" in page
    sent = {"answer": "agree", "revision": claim.revision, "reason": ""}
    assert client.post(page_of(claim, partner), sent).status_code == 302
    assert claim.shares.get(person=partner).state == ShareState.AGREED
    assert "你已同意这一份额" in client.get(page_of(claim, partner)).content.decode()
    assert client.post(page_of(claim, partner), sent).status_code == 302


def test_whoever_declines_says_why(client, claim, partner) -> None:
    bare = client.post(page_of(claim, partner), {"answer": "decline", "revision": claim.revision, "reason": " "})
    assert bare.status_code == 400
    assert "请写明为什么不同意" in bare.content.decode()
    told = client.post(
        page_of(claim, partner), {"answer": "decline", "revision": claim.revision, "reason": "我做了一半"}
    )
    assert told.status_code == 302
    claim.refresh_from_db()
    assert claim.state == ClaimState.RETURNED


def test_an_answer_that_was_edited_or_is_about_another_version_does_nothing(client, claim, partner) -> None:
    for sent in ({"answer": "maybe"}, {"answer": ""}, {"answer": "agree", "revision": "x"}):
        given = {"revision": claim.revision, "reason": "x", **sent}
        assert client.post(page_of(claim, partner), given).status_code == 400
    stale = client.post(page_of(claim, partner), {"answer": "agree", "revision": claim.revision - 1, "reason": ""})
    assert stale.status_code == 409
    assert claim.shares.get(person=partner).state == ShareState.ASKED


def test_a_share_is_there_for_its_person_alone(client, claim, partner) -> None:
    own = page_of(claim, claim.person)
    assert client.get(own).status_code == 404
    client.force_login(claim.person.user)
    assert client.get(page_of(claim, partner)).status_code == 404
    client.force_login(PersonFactory().user)
    assert client.get(page_of(claim, partner)).status_code == 404
    assert client.post(page_of(claim, partner), {"answer": "agree"}).status_code == 404


def test_a_draft_shows_its_partners_nothing(client, partner) -> None:
    draft = draft_claim(claimant_at(), partners=[(partner, 40)])
    assert client.get(page_of(draft, partner)).status_code == 404
