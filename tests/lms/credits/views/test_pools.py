"""Pages of reward calculations: one's own alone, with and without keeping."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.credits.models import RewardPool
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.credit_pools import make_pool
from tests.factories.judged import confirmed, confirmer_at

pytestmark = [pytest.mark.face, pytest.mark.django_db]

ENTERED = {
    "title": "热水器技术转让",
    "way": "transfer",
    "value": "1,000,000",
    "costs": "60000",
    "s1-place": "CN",
    "s1-on": "2026-11-22",
    "s2-place": "CN-ZJ",
    "s2-on": "2026-11-22",
    "s2-staff": "3",
    "staff": "张三 2\n李四 1",
}
NEW = "/me/credits/rewards/new/"
# 2 for the sign-in, 1 for the frame of the desk; then the count and one page
LIST_QUERIES = 5


@pytest.fixture
def owner(client: Client):
    user = PersonFactory().user
    client.force_login(user)
    return user


@pytest.mark.parametrize("path", ["", "new/", "rules/"])
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(f"/me/credits/rewards/{path}")
    assert answer["Location"] == f"/accounts/login/?next=/me/credits/rewards/{path}"


def test_a_calculation_is_worked_out_without_being_kept(client: Client, owner) -> None:
    answer = client.post(NEW, {**ENTERED, "work_out": "1"})
    said = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "470,000.00",
        "658,000.00",
        "转移转化人员得奖励总额的 3%",
        "第三十七条",
        "不构成法律意见",
        "13,160.00",
    ):
        assert words in said
    assert not RewardPool.objects.exists()


def test_a_calculation_is_kept_changed_printed_and_thrown_away(client: Client, owner) -> None:
    page = client.post(NEW, {**ENTERED, "keep": "1"})["Location"]
    pool = RewardPool.objects.get()
    assert (page, pool.owner, pool.title) == (f"/me/credits/rewards/kept/{pool.uid}/", owner, "热水器技术转让")
    assert 'value="1000000"' in client.get(page).content.decode()
    assert client.post(page, {**ENTERED, "revision": "0", "s2-staff": "5", "keep": "1"})["Location"] == page
    pool.refresh_from_db()
    assert (pool.revision, pool.data["scenarios"][1]["staff"]) == (1, "5")
    sheet = client.get(f"{page}sheet.pdf")
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.post(page, {"discard": "1"})["Location"] == "/me/credits/rewards/"
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("revision", ["0", ""])
def test_a_page_opened_before_another_change_does_not_overwrite_it(client: Client, owner, revision: str) -> None:
    page = client.post(NEW, {**ENTERED, "keep": "1"})["Location"]
    client.post(page, {**ENTERED, "revision": "0", "title": "先改", "keep": "1"})
    answer = client.post(page, {**ENTERED, "revision": revision, "title": "后改", "keep": "1"})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "这份测算在此期间已被改动" in said
    assert 'value="后改"' in said
    assert RewardPool.objects.get().title == "先改"


def test_what_cannot_be_read_comes_back_with_what_was_typed(client: Client, owner) -> None:
    answer = client.post(NEW, {**ENTERED, "value": "NaN", "s2-on": "2026-02-30", "keep": "1"})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="NaN"' in said
    assert "请写成 1234.56 这样的数字" in said
    assert 'href="#id_s2-on"' in said
    assert "470,000.00" not in said
    assert not RewardPool.objects.exists()


def test_nothing_left_is_said_plainly_and_may_be_kept(client: Client, owner) -> None:
    said = client.post(NEW, {**ENTERED, "costs": "1000000", "work_out": "1"}).content.decode()
    assert "没有可分的余额：收入扣除成本和税费后为 0.00 元。" in said
    assert client.post(NEW, {**ENTERED, "costs": "1000000", "keep": "1"}).status_code == 302


def test_markup_in_a_name_stays_words(client: Client, owner) -> None:
    said = client.post(NEW, {**ENTERED, "staff": "<script>x</script> 1", "work_out": "1"}).content.decode()
    assert "<script>x</script>" not in said
    assert "&lt;script&gt;x&lt;/script&gt;" in said


def test_nobody_reads_changes_or_prints_another_s_calculation(client: Client, owner) -> None:
    page = f"/me/credits/rewards/kept/{make_pool(title='别人的测算').uid}/"
    assert [client.get(page).status_code, client.get(f"{page}sheet.pdf").status_code] == [404, 404]
    assert client.post(page, {"discard": "1"}).status_code == 404
    assert "别人的测算" not in client.get("/me/credits/rewards/").content.decode()
    assert RewardPool.objects.count() == 1


def test_the_rules_on_record_say_how_each_is_known_in_both_languages(client: Client, owner) -> None:
    chinese = client.get("/me/credits/rewards/rules/").content.decode()
    english = client.get("/en/me/credits/rewards/rules/").content.decode()
    for words in (
        "《浙江省促进科技成果转化条例》第三十七条",
        "据转述，未对照原文",
        "施行日期不详，不参与计算",
        "并非必须",
    ):
        assert words in chinese
    for words in ("Zhejiang Regulation", "known second-hand, not compared with the text", "not verified", "no duty"):
        assert words in english


@pytest.mark.parametrize("many", [1, 60])
def test_the_list_asks_the_same_number_of_questions_however_long(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, owner = Client(), PersonFactory().user
    for _number in range(many):
        make_pool(owner=owner)
    make_pool()
    client.force_login(owner)
    with django_assert_num_queries(LIST_QUERIES):
        said = client.get("/me/credits/rewards/").content.decode()
    assert said.count("sheet.pdf") == min(many, 20)


def test_a_new_page_begins_with_the_people_of_a_confirmed_contract(client: Client) -> None:
    place = claimant_at(person=PersonFactory(real_name="韩晓"))
    claim = handed_in_claim(place, amount="90000.50", title="测湿装置试用合同")
    confirmed(claim, confirmer_at(claim.organisation))
    client.force_login(place.person.user)
    assert f'<option value="{claim.uid}">测湿装置试用合同</option>' in client.get(NEW).content.decode()
    said = client.get(f"{NEW}?claim={claim.uid}").content.decode()
    assert 'value="90000.50"' in said
    assert "韩晓\t5.00" in said
    client.force_login(PersonFactory().user)
    assert "90000.50" not in client.get(f"{NEW}?claim={claim.uid}").content.decode()


@pytest.mark.parametrize(("path", "queries"), [("new/", 4), ("rules/", 3), ("kept/", 4)])
def test_each_page_asks_a_fixed_number_of_questions(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, pool = Client(), make_pool()
    client.force_login(pool.owner)
    address = f"/me/credits/rewards/{path}" + (f"{pool.uid}/" if path == "kept/" else "")
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
