import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.credits.enums import ClaimState
from lms.credits.models import Claim
from lms.credits.services.claim_states import change_state, locked
from lms.credits.services.confirming import confirm_claim
from lms.records.models import AuditEvent
from lms.records.services.private_files import shred
from tests.factories.accounts import PersonFactory
from tests.factories.claims import DAY, claimant_at, draft_claim, handed_in_claim, proof, said_for
from tests.factories.cohorts import RoleGrantFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def place(client, clock):
    found = claimant_at()
    client.force_login(found.person.user)
    return found


def page_of(claim) -> str:
    return f"/me/credits/claim/{claim.uid}/"


def upload(content: bytes, name: str = "登记证明.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def typed(claim, *partners, own="100", **said):
    """What a browser sends of the sheet of `claim`."""
    claim.refresh_from_db()
    fields = {f"said_{name}": value for name, value in said_for(claim.rule).items()}
    rows = {}
    for number, (mail, percent) in enumerate(partners):
        rows |= {f"share-{number}-mail": mail, f"share-{number}-percent": percent, f"share-{number}-part": "走访"}
    return {
        "revision": claim.revision,
        "title": claim.title,
        "occurred_on": claim.occurred_on.isoformat(),
        **fields,
        "own_percent": own,
        "own_part": "谈判",
        "share-TOTAL_FORMS": len(partners),
        "share-INITIAL_FORMS": 0,
        **rows,
        "no_interest": "on",
        **said,
    }


def test_a_claim_is_begun_written_proved_and_handed_in(client, place) -> None:
    choices = client.get("/me/credits/claims/new/").content.decode()
    assert "促成技术合同登记" in choices
    assert "5.00 至 25.00 分，按金额分档" in choices
    begun = client.post(
        "/me/credits/claims/new/",
        {
            "rule": "contract-registered",
            "title": "试用合同",
            "occurred_on": DAY.isoformat(),
            "organisation": place.cohort.organisation.code,
        },
    )
    claim = Claim.objects.get()
    assert begun["Location"] == page_of(claim)
    # A gap keeps the rest: the good file is there already when the page comes back, and so is what was typed.
    gap = client.post(
        page_of(claim), {**typed(claim, said_parties=""), "evidence": [upload(proof().content)], "hand_in": "1"}
    )
    assert gap.status_code == 400
    assert "测湿装置试用合同" in gap.content.decode()
    assert claim.evidence.count() == 1
    done = client.post(page_of(claim), {**typed(claim), "hand_in": "1"})
    assert done.status_code == 302, re.findall(r"<li>(.*?)</li>", done.content.decode())
    claim.refresh_from_db()
    assert (claim.state, claim.fields["amount"]) == (ClaimState.SUBMITTED, "120000.50")
    read = client.get(page_of(claim)).content.decode()
    assert "120,000.50" in read
    assert "砺石铸造" in read


def test_the_points_are_shown_before_anything_is_kept(client, place) -> None:
    partner = PersonFactory()
    claim = draft_claim(place)
    sent = typed(claim, (partner.user.email, "40"), own="60", said_amount="600000")
    shown = client.post(page_of(claim), {**sent, "act": "preview"})
    told = shown.content.decode()
    assert shown.status_code == 200
    assert "<b>15.00</b>" in told
    assert "9.00" in told
    assert "6.00" in told
    claim.refresh_from_db()
    assert (claim.fields["amount"], claim.shares.count()) == ("120000.50", 1)


def test_shares_are_helped_to_the_whole(client, place) -> None:
    mails = [PersonFactory().user.email for _ in range(2)]
    claim = draft_claim(place)
    sent = typed(claim, (mails[0], "10"), (mails[1], "x"), own="1")
    equal = client.post(page_of(claim), {**sent, "act": "split"}).content.decode()
    assert re.findall(r'name="(?:own_|share-\d-)percent" value="([^"]*)"', equal) == ["33.34", "33.33", "33.33"]
    sent = typed(claim, (mails[0], "10.5"), (mails[1], "20"), own="1")
    rest = client.post(page_of(claim), {**sent, "act": "rest"}).content.decode()
    assert re.findall(r'name="(?:own_|share-\d-)percent" value="([^"]*)"', rest) == ["69.50", "10.5", "20"]


@pytest.mark.parametrize(
    ("own", "partner", "told"),
    [
        ("61", "40", "份额合计 101.00%，不是正好 100%。"),
        ("59.99", "40", "份额合计 99.99%，不是正好 100%。"),
        ("60", "NaN", "份额要大于 0、不超过 100，最多两位小数"),
        ("60", "1e1", "份额要大于 0、不超过 100，最多两位小数"),
    ],
)
def test_shares_that_are_not_the_whole_are_told_on_the_page(client, place, own, partner, told) -> None:
    claim = draft_claim(place)
    sent = typed(claim, (PersonFactory().user.email, partner), own=own)
    refused = client.post(page_of(claim), {**sent, "save": "1"})
    assert refused.status_code == 400
    assert told in refused.content.decode()
    assert claim.shares.count() == 1


def test_somebody_unknown_is_told_and_nobody_is_listed(client, place) -> None:
    claim = draft_claim(place)
    sent = typed(claim, ("nobody@jiqiao.example", "40"), own="60")
    refused = client.post(page_of(claim), {**sent, "save": "1"}).content.decode()
    assert "平台上没有人用“nobody@jiqiao.example”这个邮箱" in refused
    twice = typed(claim, (place.person.user.email, "40"), own="60")
    assert f"{place.person.real_name} 写了两次" in client.post(page_of(claim), {**twice, "save": "1"}).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("said_amount", "NaN", "“金额（元）”要填数字"),
        ("said_amount", "Infinity", "“金额（元）”要填数字"),
        ("said_amount", "1e9", "“金额（元）”要填数字"),
        ("said_amount", "-5", "“金额（元）”不能小于零"),
        ("said_amount", "1.005", "“金额（元）”最多两位小数"),
        ("said_amount", "99999999999", "“金额（元）”最多填 9,999,999,999.99"),
        ("said_signed_on", "2026-11-23", "“签订日”不能晚于今天"),
        ("occurred_on", "2026-11-23", "积分只给已经发生的事，日期不能晚于今天。"),
        ("occurred_on", "2025-12-31", "积分从 2026-01-01 起计"),
        ("said_registration_number", "A-1", "登记编号至少 6 个字母或数字"),
    ],
)
def test_bad_values_are_told_in_words_and_what_was_typed_stays(client, place, field, value, told) -> None:
    claim = draft_claim(place)
    refused = client.post(page_of(claim), {**typed(claim), field: value, "save": "1"})
    page = refused.content.decode()
    assert refused.status_code == 400
    assert told in page
    assert f'value="{value}"' in page


def test_a_contract_claimed_elsewhere_is_told_without_telling_whose(client, place) -> None:
    first = handed_in_claim(claimant_at(), registration_number="2026-LC-888001")
    claim = draft_claim(place)
    sent = typed(claim, said_registration_number="２０２６ lc 888 001")
    refused = client.post(page_of(claim), {**sent, "hand_in": "1"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "尾号 8001" in page
    assert "２０２６ lc 888 001" in page
    for secret in (first.person.real_name, first.organisation.local_name, first.organisation.code, str(first.uid)):
        assert secret not in page


def test_two_tabs_meet_and_what_was_typed_in_the_second_stays(client, place) -> None:
    claim = draft_claim(place)
    first, second = typed(claim, title="第一个窗口"), typed(claim, title="第二个窗口")
    assert client.post(page_of(claim), {**first, "save": "1"}).status_code == 302
    met = client.post(page_of(claim), {**second, "save": "1"})
    page = met.content.decode()
    claim.refresh_from_db()
    assert met.status_code == 409
    assert 'value="第二个窗口"' in page
    assert claim.title == "第一个窗口"
    # The page that came back knows what stands now, so saving again is a choice, not an accident.
    assert f'name="revision" value="{claim.revision}"' in page


def test_a_double_click_hands_in_once_with_the_same_answer(client, place) -> None:
    claim = draft_claim(place)
    sent = {**typed(claim), "hand_in": "1"}
    first, second = client.post(page_of(claim), sent), client.post(page_of(claim), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    claim.refresh_from_db()
    assert (claim.state, claim.round, claim.events.count()) == (ClaimState.SUBMITTED, 1, 1)
    # A second tab that says something else is no double click.
    other = client.post(page_of(claim), {**sent, "title": "别的"})
    assert other.status_code == 409
    assert 'value="别的"' in other.content.decode()


def test_hostile_files_are_refused_and_their_good_neighbour_is_kept(client, place) -> None:
    claim = draft_claim(place)
    for bad in (b"<svg><script>alert(1)</script></svg>", b"<html>", b"", b"%PDF-1.7 broken"):
        files = [upload(bad, "scan.pdf"), upload(proof(pages=3).content)]
        refused = client.post(page_of(claim), {**typed(claim), "evidence": files, "save": "1"})
        assert refused.status_code == 400
        assert "scan.pdf" in refused.content.decode()
    # The same document four times is kept once.
    assert claim.evidence.count() == 2


def test_a_claim_of_somebody_else_is_not_there(client, place) -> None:
    other = handed_in_claim(claimant_at())
    assert client.get(page_of(other)).status_code == 404
    for act in ("hand_in", "withdraw", "discard", "appeal", "remove", "act"):
        assert client.post(page_of(other), {act: "1"}).status_code == 404
    assert client.get("/me/credits/claim/00000000-0000-4000-8000-000000000000/").status_code == 404
    other.refresh_from_db()
    assert other.state == ClaimState.SUBMITTED


def test_files_are_opened_by_those_who_may_and_others_leave_a_trace(client, place) -> None:
    partner = PersonFactory()
    claim = handed_in_claim(place, partners=[(partner, 40)])
    file = f"/me/credits/claim-files/{claim.evidence.get().uid}/"
    own = client.get(file)
    assert own.content == proof().content
    assert own["Content-Disposition"].startswith("attachment")
    assert own["X-Content-Type-Options"] == "nosniff"
    assert not AuditEvent.objects.filter(action="credits.claim-evidence.open").exists()
    for reader in (partner.user, RoleGrantFactory(organisation=claim.organisation).user):
        client.force_login(reader)
        assert client.get(file).status_code == 200
    assert AuditEvent.objects.filter(action="credits.claim-evidence.open").count() == 2
    client.force_login(RoleGrantFactory().user)
    assert client.get(file).status_code == 404


def test_a_rejection_says_why_and_is_appealed_once(client, place, now) -> None:
    claim = handed_in_claim(place, now=now)
    change_state(locked(claim), ClaimState.REJECTED, "user:0", "合同不是你促成的", now)
    page = client.get(page_of(claim)).content.decode()
    assert "合同不是你促成的" in page
    empty = client.post(page_of(claim), {"appeal": "1", "reason": "  "})
    assert empty.status_code == 400
    assert client.post(page_of(claim), {"appeal": "1", "reason": "看附件第三页"}).status_code == 302
    assert client.post(page_of(claim), {"appeal": "1", "reason": "再来"}).status_code == 409
    claim.refresh_from_db()
    assert (claim.state, claim.appeals.get().reason) == (ClaimState.APPEALED, "看附件第三页")


def test_an_appeal_has_its_time(client, place, now, clock) -> None:
    claim = handed_in_claim(place, now=now)
    change_state(locked(claim), ClaimState.REJECTED, "user:0", "不够", now)
    clock.advance(timedelta(days=16))
    assert "提交申诉" not in client.get(page_of(claim)).content.decode()
    late = client.post(page_of(claim), {"appeal": "1", "reason": "晚了"})
    assert late.status_code == 409
    assert "申诉期已于 2026-12-07 结束" in late.content.decode()


def test_drafts_are_thrown_away_and_what_was_handed_in_is_withdrawn(client, place) -> None:
    draft = draft_claim(place)
    assert client.post(page_of(draft), {"discard": "1"}).status_code == 302
    assert not Claim.objects.exists()
    claim = handed_in_claim(place)
    client.post(page_of(claim), {"discard": "1"})
    assert client.post(page_of(claim), {"withdraw": "1"})["Location"] == page_of(claim)
    claim.refresh_from_db()
    assert claim.state == ClaimState.WITHDRAWN
    assert "你撤回了申报" in client.get(page_of(claim)).content.decode()


def test_a_file_is_taken_out_again(client, place) -> None:
    claim = draft_claim(place)
    file = claim.evidence.get()
    assert client.post(page_of(claim), {"remove": str(file.uid)}).status_code == 302
    assert client.post(page_of(claim), {"remove": str(file.uid)}).status_code == 404
    assert claim.evidence.count() == 0


def test_edited_forms_do_no_harm(client, place) -> None:
    claim = draft_claim(place)
    for edited in ({"revision": "-1"}, {"revision": "x"}, {"share-TOTAL_FORMS": "x"}, {"share-TOTAL_FORMS": "99999"}):
        refused = client.post(page_of(claim), {**typed(claim), **edited, "save": "1"})
        assert refused.status_code in (400, 409), edited
    claim.refresh_from_db()
    assert claim.title == "测湿装置试用合同"
    strange = client.post(
        "/me/credits/claims/new/",
        {"rule": "violation-grave", "title": "x", "occurred_on": "2026-08-20", "organisation": "XXXX"},
    )
    assert strange.status_code == 400


def test_a_claim_asks_the_same_for_few_and_for_many(client, place) -> None:
    def queries(claim) -> int:
        client.get(page_of(claim))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(claim)).status_code == 200
        return len(asked)

    few = draft_claim(place)
    many = draft_claim(place, partners=[(PersonFactory(), 5) for _ in range(15)])
    assert queries(few) == queries(many) == 10


def test_no_organisation_no_claim(client) -> None:
    person = PersonFactory()
    client.force_login(person.user)
    page = client.get("/me/credits/claims/new/")
    assert "还没有机构认识你" in page.content.decode()


def test_work_of_one_person_is_written_without_shares(client, place) -> None:
    claim = draft_claim(place, "mentoring", title="带教")
    page = client.get(page_of(claim)).content.decode()
    assert "按这条规则由一人单独申报" in page
    assert 'name="share-0-mail"' not in page
    # 4 class hours at 0.20, shown from what is kept.
    assert "<b>0.80</b>" in page
    sent = typed(claim)
    del sent["own_part"]
    assert client.post(page_of(claim), {**sent, "said_class_hours": "20", "hand_in": "1"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.fields["class_hours"]) == (ClaimState.SUBMITTED, "20.00")
    assert claim.shares.get().percent == 100


def test_evidence_that_changes_after_confirmation_is_shown(client, place, now) -> None:
    claim = handed_in_claim(place, "demand-filed", now=now)
    manager = RoleGrantFactory(organisation=claim.organisation).user
    confirm_claim(
        claim=claim, user=manager, verification="document-checked", words="看过原件", revision=claim.revision, now=now
    )
    page = client.get(page_of(claim)).content.decode()
    claim.refresh_from_db()
    assert claim.evidence_hash in page
    assert "+1.00" in page
    assert "和核定时不一致" not in page
    shred(claim.evidence.get().file)
    assert "和核定时不一致" in client.get(page_of(claim)).content.decode()
    # Whatever is sent now, the claim stays as it was confirmed.
    for sent in ({"withdraw": "1"}, {"discard": "1"}, {**typed(claim), "save": "1"}):
        client.post(page_of(claim), sent)
    claim.refresh_from_db()
    assert claim.state == ClaimState.CONFIRMED
