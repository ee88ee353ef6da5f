from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook

from lms.cohorts.enums import Role
from lms.credits.documents.return_sheet import defused
from lms.credits.enums import ReturnState
from lms.credits.models import AnnualReturn
from lms.kernel.clock import HeldClock
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.standing import confirmed_claim, draft_return, handed_in_return

pytestmark = [pytest.mark.face, pytest.mark.django_db]


# 2 for the sign-in, 2 for the frame of the desk; may one read, the years, how many, and a page of them
QUERIES = 8


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def manager_of(organisation: Any) -> Client:
    person = PersonFactory()
    RoleGrantFactory(user=person.user, organisation=organisation, role=Role.BASE_MANAGER)
    return signed_in(person)


def said(revision: int, **more: Any) -> dict[str, Any]:
    return {
        "revision": revision,
        "employer": "岚川技术转移中心",
        "post": "",
        "level": "",
        "benefit": "0",
        "achievements_count": "0",
        "achievements_amount": "0",
        "events": "1",
        "events_told": "",
        "cases": "",
        "consent": "on",
        **more,
    }


def test_a_year_is_begun_completed_and_handed_in(clock: HeldClock) -> None:
    place = claimant_at()
    confirmed_claim(place)
    client = signed_in(place.person)
    begun = client.post("/en/me/credits/returns/", {"year": "2026", "organisation": place.cohort.organisation.code})
    annual = AnnualReturn.objects.get()
    assert begun["Location"] == f"/en/me/credits/returns/{annual.uid}/"
    shown = client.get(begun["Location"]).content.decode()
    assert "120\u2009000.50" in shown
    assert "1 confirmed claim" in shown
    client.post(begun["Location"], said(0, benefit="350,000"))
    handed = client.post(begun["Location"], said(1, benefit="350,000", hand_in="1"), follow=True).content.decode()
    assert "Handed in. The return stays as it is from now on." in handed
    assert "350\u2009000.00" in handed
    annual.refresh_from_db()
    assert (annual.state, annual.data["figures"]["events"]) == (ReturnState.SUBMITTED, 1)
    again = client.post(begun["Location"], said(1, hand_in="1"), follow=True).content.decode()
    assert "Handed in" in again
    annual.refresh_from_db()
    assert annual.revision == 3


def test_a_wrong_figure_is_told_beside_its_field_and_nothing_is_lost(clock: HeldClock) -> None:
    place = claimant_at()
    annual = draft_return(place)
    answer = signed_in(place.person).post(
        f"/en/me/credits/returns/{annual.uid}/", said(0, benefit="1e9", cases="写了很久的案例")
    )
    told = answer.content.decode()
    assert answer.status_code == 400
    assert "“1e9” is no amount" in told
    assert "写了很久的案例" in told
    annual.refresh_from_db()
    assert annual.revision == 0


def test_a_page_opened_before_another_change_keeps_what_was_typed(clock: HeldClock) -> None:
    place = claimant_at()
    annual = draft_return(place)
    client, path = signed_in(place.person), f"/en/me/credits/returns/{annual.uid}/"
    client.post(path, said(0))
    late = client.post(path, said(0, cases="第二个窗口里写的"))
    assert late.status_code == 409
    assert "第二个窗口里写的" in late.content.decode()
    assert 'name="revision" value="1"' in late.content.decode()
    assert client.post(path, said(1, cases="第二个窗口里写的")).status_code == 302


def test_nobody_writes_or_reads_anothers_draft(clock: HeldClock) -> None:
    place = claimant_at()
    annual = draft_return(place)
    for client in (signed_in(PersonFactory()), manager_of(place.cohort.organisation)):
        assert client.get(f"/me/credits/returns/{annual.uid}/").status_code == 404
        assert client.post(f"/me/credits/returns/{annual.uid}/", said(0)).status_code == 404
        assert client.get(f"/me/credits/returns/{annual.uid}.xlsx").status_code == 404
        assert client.get(f"/desk/credits/returns/{annual.uid}/").status_code == 404


def test_the_sheet_of_all_returns_holds_words_and_no_formula(clock: HeldClock, now: datetime) -> None:
    place = claimant_at(person__real_name="段文博")
    confirmed_claim(place, partners=[(PersonFactory(), 40)], title="合同")
    handed_in_return(place, employer="=HYPERLINK(1)", cases="+1\n@二", now=now)
    file = manager_of(place.cohort.organisation).get("/en/desk/credits/returns/all.xlsx?year=2026")
    book = load_workbook(BytesIO(file.content))
    assert book.sheetnames == ["Figures", "Contracts", "Achievements", "In words"]
    figures = [[cell.value for cell in row] for row in book["Figures"].iter_rows(min_row=2)]
    assert figures[0][:2] == [2026, "段文博"]
    assert (figures[0][4], figures[0][6], figures[0][7]) == ("'=HYPERLINK(1)", 72000.3, 1)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert [cell.value for cell in book["Contracts"][2]][4:] == [120000.5, 0, 60, 72000.3]
    assert book["In words"]["D2"].value == "'+1\n@二"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1"])
def test_what_begins_like_a_formula_is_defused(text: str) -> None:
    assert defused(text).startswith("'")
    assert defused("普通的话 = 不是公式") == "普通的话 = 不是公式"


@pytest.mark.parametrize("number", [10, 1000])
def test_the_desk_costs_the_same_however_many_returns(
    number: int, clock: HeldClock, now: datetime, django_assert_num_queries: Any
) -> None:
    place = claimant_at()
    model = handed_in_return(place, now=now)
    people = type(place.person).objects.bulk_create([PersonFactory.build(user=None) for _one in range(number - 1)])
    AnnualReturn.objects.bulk_create(
        [
            AnnualReturn(
                person=person,
                organisation=model.organisation,
                year=2026,
                data=model.data,
                state=model.state,
                changed_at=now,
                submitted_at=now,
            )
            for person in people
        ]
    )
    client = manager_of(model.organisation)
    manager_of(model.organisation).get("/desk/credits/returns/")
    cache.clear()
    with django_assert_num_queries(QUERIES):
        told = client.get("/desk/credits/returns/").content.decode()
    assert told.count('<th scope="row">') == min(number, 20)
