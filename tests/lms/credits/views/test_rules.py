from typing import Any

import pytest
from django.urls import reverse

from lms.cohorts.models import Organisation
from lms.credits.models import CreditRules
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credit_rules import drafted, published, scheme_rules

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _held(clock: Any) -> None:
    """Noon of 22 November 2026 in Beijing."""


@pytest.fixture
def base() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def manager(base: Organisation) -> Any:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=base)
    return user


def read(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_everybody_signed_in_reads_what_earns_what(client):
    scheme_rules()
    client.force_login(PersonFactory().user)
    page = read(client, reverse("credits:rules"))
    for words in (
        "促成技术合同登记",
        "不超过 100,000 元：5 分",
        "10,000,000 元以上：25 分",
        "每个自然年最多 80 分",
        "−20 分",
    ):
        assert words in page
    english = read(client, "/en/me/credits/rules/")
    for words in (
        "Technology contract brought to registration",
        "up to and with 100,000 yuan: 5 points",
        "1 point<",
        "counts for 3 years",
    ):
        assert words in english


def test_before_any_rules_stand_the_page_says_so(client):
    client.force_login(PersonFactory().user)
    assert "还没有施行的积分规则" in read(client, reverse("credits:rules"))
    assert not CreditRules.objects.exists()


def test_an_organisations_own_rules_stand_beside_those_of_the_scheme(client, base: Organisation):
    published(organisation=base, kinds={"match": {"cap_per_year": "33.00", "valid_years": 2}})
    client.force_login(PersonFactory().user)
    address = reverse("credits:rules")
    assert "每个自然年最多 33 分" not in read(client, address)
    own = read(client, f"{address}?of={base.code}")
    assert "每个自然年最多 33 分" in own
    assert base.name in own
    assert "每个自然年最多 33 分" not in read(client, f"{address}?of=NOPE")


def test_a_manager_drafts_a_version(client, base: Organisation, manager: Any):
    scheme_rules()
    client.force_login(manager)
    answer = client.post(reverse("credits:desk-rules"), {"owner": base.code, "based_on": "2026.2"})
    draft = CreditRules.objects.get(state="draft")
    assert answer["Location"] == reverse("credits:desk-rules-version", args=[draft.uid])
    assert (draft.organisation, draft.drafted_by, draft.based_on.code) == (base, manager, "2026.2")


@pytest.mark.parametrize("owner", ["", "FREE"])
def test_nobody_drafts_for_whom_they_do_not_work(client, manager: Any, owner: str):
    OrganisationFactory(code="FREE")
    scheme_rules()
    client.force_login(manager)
    answer = client.post(reverse("credits:desk-rules"), {"owner": owner, "based_on": "2026.2"})
    assert answer.status_code == 400
    assert not CreditRules.objects.filter(state="draft").exists()


@pytest.mark.parametrize("others", [10, 1000])
def test_the_list_takes_the_same_queries_however_many_versions(
    client, base: Organisation, manager: Any, others: int, django_assert_num_queries: Any
):
    made = drafted(organisation=base, user=manager)
    CreditRules.objects.bulk_create(
        [
            CreditRules(
                scheme_id=made.scheme_id,
                organisation=base,
                code=f"{base.code}/2031.{n}",
                title="规则",
                effective_from=made.effective_from,
                data=made.data,
                content_hash=made.content_hash,
                drafted_by=manager,
                drafted_at=made.drafted_at,
                based_on=made,
            )
            for n in range(others)
        ]
    )
    client.force_login(manager)
    read(client, reverse("credits:desk-rules"))
    with django_assert_num_queries(8):
        read(client, reverse("credits:desk-rules"))
