from uuid import uuid4

import pytest
from django.test import Client

from lms.cohorts.enums import Role
from lms.credits.models import Claim, CreditLine
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at

pytestmark = [pytest.mark.face, pytest.mark.django_db]
GRANT = "/desk/credits/grant/"


@pytest.fixture
def place(clock):
    return claimant_at()


@pytest.fixture
def visit(place) -> Client:
    client = Client()
    client.force_login(confirmer_at(place.cohort.organisation))
    return client


def said(place, **more: str) -> dict[str, str]:
    return {
        "request_id": str(uuid4()),
        "mail": place.person.user.email,
        "title": "授课：合同登记",
        "occurred_on": "2026-08-20",
        "said_topic": "合同登记",
        "said_class_hours": "3",
        **more,
    }


def test_rules_of_the_desk_are_offered_and_no_others(visit) -> None:
    page = visit.get(GRANT)
    assert [rule.code for rule in page.context["rules"]] == ["event-assisted", "teaching"]
    assert "每学时 0.50 分，最多 4.00 分" in page.text


def test_granted_twice_by_double_click_there_is_one_line(place, visit) -> None:
    sent = said(place)
    page = visit.post(f"{GRANT}?rule=teaching", sent, follow=True)
    assert "已记入账，并已通知本人。" in page.text
    assert visit.post(f"{GRANT}?rule=teaching", sent).status_code == 302
    assert [f"{line.points}" for line in CreditLine.objects.all()] == ["1.50"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"said_class_hours": "NaN"},
        {"said_class_hours": "-3"},
        {"said_class_hours": "1e3"},
        {"said_class_hours": "0.001"},
        {"said_class_hours": "0"},
        {"said_class_hours": "99999999999"},
        {"said_class_hours": ""},
        {"occurred_on": "2027-01-01"},
        {"mail": "nobody@jiqiao.example"},
        {"title": " "},
        {"request_id": "x"},
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_on_the_page(wrong, place, visit) -> None:
    page = visit.post(f"{GRANT}?rule=teaching", said(place, **wrong))
    assert page.status_code == 400
    assert 'value="合同登记"' in page.text
    assert (Claim.objects.count(), CreditLine.objects.count()) == (0, 0)


def test_nobody_grants_to_themselves(place) -> None:
    from tests.factories.cohorts import RoleGrantFactory

    RoleGrantFactory(user=place.person.user, organisation=place.cohort.organisation, role=Role.BASE_MANAGER)
    client = Client()
    client.force_login(place.person.user)
    page = client.post(f"{GRANT}?rule=teaching", said(place))
    assert (page.status_code, CreditLine.objects.count()) == (403, 0)
    assert "不能给自己填写" in page.text
