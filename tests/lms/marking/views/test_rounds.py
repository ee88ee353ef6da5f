from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from lms.cohorts.enums import Role
from lms.marking.enums import RoundState
from lms.marking.models import RoundMarker
from lms.marking.services.marking import decline
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.marking import (
    FAIR,
    FULL,
    LOW,
    NOTHING,
    allocation_of,
    make_lead,
    make_marker,
    make_round,
    make_script,
    mark_in_turn,
    mark_script,
)

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(round_, end: str = "") -> str:
    return f"/desk/marking/round/{round_.uid}/{end}"


def rules(markers: int = 2, gap: str = "20", due: str = "") -> dict[str, object]:
    return {"action": "declare", "markers_per_script": markers, "gap_percent": gap, "due_at": due}


def test_rules_are_set_before_the_first_script_and_the_day_by_the_beijing_clock(clock) -> None:
    round_ = make_round()
    client = signed_in(make_lead(round_))
    assert client.post(address(round_), rules(1, "12.5", "2026-11-30T18:00")).status_code == 302
    round_.refresh_from_db()
    assert (round_.markers_per_script, round_.gap_percent) == (1, Decimal("12.50"))
    assert round_.due_at.isoformat() == "2026-11-30T10:00:00+00:00"
    assert 'value="2026-11-30T18:00"' in client.get(address(round_)).content.decode()


def test_after_the_first_script_only_the_day_can_be_moved(clock) -> None:
    round_ = make_round()
    client = signed_in(make_lead(round_))
    make_script(round_)
    client.post(address(round_), rules(1, "90", "2026-12-01T09:00"))
    round_.refresh_from_db()
    assert (round_.markers_per_script, round_.gap_percent, round_.due_at.day) == (2, Decimal(20), 1)


@pytest.mark.parametrize(("markers", "gap", "due"), [(3, "20", ""), (2, "101", ""), (2, "-1", ""), (2, "20", "soon")])
def test_rules_that_cannot_be_are_shown_again(markers: int, gap: str, due: str, clock) -> None:
    round_ = make_round()
    answer = signed_in(make_lead(round_)).post(address(round_), rules(markers, gap, due))
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (400, True)


def test_a_lead_adds_and_takes_out_markers_of_the_base(clock) -> None:
    round_ = make_round()
    client = signed_in(make_lead(round_))
    trainer, stranger = PersonFactory().user, PersonFactory().user
    RoleGrantFactory(user=trainer, organisation=round_.organisation, role=Role.TRAINER)

    assert client.post(address(round_), {"action": "add", "user": stranger.pk, "weight": 1}).status_code == 400
    assert client.post(address(round_), {"action": "add", "user": trainer.pk, "weight": 3}).status_code == 302
    marker = RoundMarker.objects.get(round=round_)
    assert (marker.user, marker.weight, marker.left_at) == (trainer, 3, None)

    assert client.post(address(round_), {"action": "remove", "user": "nobody"}).status_code == 404
    assert client.post(address(round_), {"action": "remove", "user": trainer.pk}).status_code == 302
    marker.refresh_from_db()
    assert marker.left_at is not None


def test_a_round_is_closed_when_everything_is_settled(clock) -> None:
    round_ = make_round(markers_per_script=1)
    client, user = signed_in(make_lead(round_)), make_marker(round_)
    script = make_script(round_)
    answer = client.post(address(round_), {"action": "close"})
    assert (answer.status_code, "还有 1 份答卷没有定分" in answer.content.decode()) == (409, True)
    mark_script(script, user)
    assert client.post(address(round_), {"action": "close"}).status_code == 302
    round_.refresh_from_db()
    assert round_.state == RoundState.CLOSED


def test_what_needs_the_lead_comes_first_and_can_be_filtered(clock) -> None:
    round_ = make_round()
    lead, users = make_lead(round_), [make_marker(round_) for _number in range(3)]
    settled, apart, waiting = [make_script(round_) for _number in range(3)]

    mark_in_turn(settled, FULL, FAIR)
    mark_in_turn(apart, FULL, NOTHING, {"facts": "8", "advice": "0"})
    text = signed_in(lead).get(address(round_)).content.decode()
    assert text.index(apart.code) < text.index(waiting.code) < text.index(settled.code)
    only = signed_in(lead).get(address(round_, "?state=lead")).content.decode()
    assert apart.code in only
    assert waiting.code not in only
    assert len(users) == 3


def test_the_lead_reads_marks_side_by_side_and_decides(clock) -> None:
    round_ = make_round()
    lead, users = make_lead(round_), [make_marker(round_) for _number in range(3)]
    script = make_script(round_, person=PersonFactory(real_name="令狐未央"))
    mark_in_turn(script, FULL, NOTHING, {"facts": "8", "advice": "0"})
    client, page = signed_in(lead), f"/desk/marking/decide/{script.uid}/"
    text = client.get(page).content.decode()
    assert all(user.get_full_name() in text for user in users)
    assert "令狐未央" not in text

    assert client.post(page, {"points": "9", "reason": ""}).status_code == 400
    assert client.post(page, {"points": "20.5", "reason": "多"}).status_code == 400
    assert client.post(page, {"points": "9.5", "reason": "事实对，没有建议"}).status_code == 302
    text = client.get(page).content.decode()
    assert "事实对，没有建议" in text
    assert lead.get_full_name() in text


def test_the_lead_reads_why_a_script_was_given_back(clock, now) -> None:
    round_ = make_round()
    lead, user = make_lead(round_), make_marker(round_)
    script = make_script(round_)
    decline(allocation=allocation_of(script, user), reason="带过的学员", now=now)
    assert "带过的学员" in signed_in(lead).get(f"/desk/marking/decide/{script.uid}/").content.decode()


def test_nobody_reads_the_marks_of_their_own_script(clock) -> None:
    round_ = make_round()
    lead = make_lead(round_)
    script = make_script(round_, person=lead.person)
    assert signed_in(lead).get(f"/desk/marking/decide/{script.uid}/").status_code == 404


def test_the_agreement_is_told_in_figures_and_as_a_workbook(clock) -> None:
    round_ = make_round()
    lead, one, other = make_lead(round_), make_marker(round_), make_marker(round_)
    for mine, theirs in ((FULL, FULL), (FAIR, FULL), (LOW, LOW)):
        script = make_script(round_)
        mark_script(script, one, mine)
        mark_script(script, other, theirs)
    client = signed_in(lead)
    text = client.get(address(round_, "agreement/")).content.decode()
    # One gap of a fifth over three scripts; every script lies within the declared fifth.
    assert "6.7 <small>%</small>" in text
    assert "100 <small>%</small>" in text
    answer = client.get(address(round_, "agreement.xlsx"))
    book = load_workbook(BytesIO(answer.content))
    assert [sheet.title for sheet in book.worksheets] == ["评分一致性", "阅卷人", "答卷"]
    assert book.worksheets[2].max_row == 4
    assert {row[0].value for row in book.worksheets[1].iter_rows(min_row=2)} == {
        one.get_full_name(),
        other.get_full_name(),
    }


def test_words_that_look_like_a_formula_stay_words_in_the_workbook(clock) -> None:
    round_ = make_round(title='=HYPERLINK("https://example.invalid")')
    answer = signed_in(make_lead(round_)).get(address(round_, "agreement.xlsx"))
    cell = load_workbook(BytesIO(answer.content)).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://example.invalid")')


@pytest.mark.parametrize("number", [5, 50])
@pytest.mark.parametrize(("end", "queries"), [("", 11), ("agreement/", 5)])
def test_pages_of_a_round_cost_the_same_whatever_it_holds(
    end: str, queries: int, number: int, clock, django_assert_num_queries
) -> None:
    round_ = make_round()
    lead, one, other = make_lead(round_), make_marker(round_), make_marker(round_)
    rubric, person = make_script(round_).rubric_version, PersonFactory()
    for each in range(number):
        script = make_script(round_, person=person, source=f"tests.many:{each}", rubric_version=rubric)
        mark_script(script, one), mark_script(script, other)
    client = signed_in(lead)
    client.get("/desk/marking/")
    with django_assert_num_queries(queries):
        assert client.get(address(round_, end)).status_code == 200
