from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from cms.pages.models import PolicyIndexPage
from cms.pages.selectors.policies import policy_library
from tests.factories.pages import JurisdictionFactory, policy_page

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _found(query: str) -> list[str]:
    library = policy_library(PolicyIndexPage.objects.get(), QueryDict(query))
    return [policy.slug for policy in library.policies]


@pytest.fixture
def library() -> None:
    beijing = JurisdictionFactory(code="cn-bj", name="北京", name_en="Beijing")
    policy_page(1)
    policy_page(2, jurisdiction=beijing, topics=("rewards",))
    policy_page(3, valid_from=date(2000, 1, 1), valid_until=date(2019, 12, 31))
    policy_page(4, valid_from=None)


@pytest.mark.usefixtures("library")
def test_the_address_asks_by_place_topic_and_day() -> None:
    assert _found("") == ["law-1", "law-3", "law-4", "law-2"]
    assert _found("jurisdiction=cn-bj") == ["law-2"]
    assert _found("topic=pricing") == ["law-1", "law-3", "law-4"]
    assert _found("on=2026-11-22") == ["law-1", "law-2"]
    assert _found("on=2019-12-31&jurisdiction=cn") == ["law-3"]
    assert _found("on=2026-02-30") == ["law-1", "law-3", "law-4", "law-2"]


@pytest.mark.usefixtures("library")
def test_texts_without_a_known_day_are_counted_not_guessed(client: Client) -> None:
    assert "另有 1 份生效日期不明，没有列出。" in client.get("/policies/?on=2026-11-22").text
    assert "One more is left out because its first day is not known." in client.get("/en/policies/?on=2026-11-22").text


@pytest.mark.usefixtures("library")
def test_the_filters_stay_in_the_form(client: Client) -> None:
    page = client.get("/en/policies/?jurisdiction=cn-bj&on=2026-11-22").text
    assert '<option value="cn-bj" selected>Beijing</option>' in page
    assert 'value="2026-11-22"' in page
    assert 'href="/en/policies/">' in page


@pytest.mark.usefixtures("library")
def test_the_library_says_that_it_is_no_legal_advice(client: Client) -> None:
    for address in ("/policies/", "/policies/law-1/"):
        assert "不是法律意见" in client.get(address).text


@pytest.mark.usefixtures("library")
def test_a_text_says_what_is_not_known_of_it(client: Client) -> None:
    assert "手头的文本没有写明" in client.get("/policies/law-4/").text
    assert "2019 年 12 月 31 日" in client.get("/policies/law-3/").text


def test_a_law_binds_from_its_first_day_to_its_last() -> None:
    law = policy_page(1, valid_from=date(2020, 1, 1), valid_until=date(2020, 12, 31))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [law.in_force_on(day) for day in days] == [False, True, True, False]
    law.valid_from = None
    assert not law.in_force_on(date(2020, 6, 1))
