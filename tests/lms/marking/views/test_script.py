from datetime import timedelta

import pytest
from django.test import Client

from lms.marking.models import Mark
from lms.marking.services.scripts import seal
from tests.factories.accounts import PersonFactory
from tests.factories.marking import (
    FULL,
    LOW,
    allocation_of,
    make_marker,
    make_round,
    make_script,
    mark_script,
)

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(script, user, prefix: str = "") -> str:
    return f"{prefix}/desk/marking/script/{allocation_of(script, user).uid}/"


def sent(criteria=FULL, seen: int = 0, comment: str = "条件写全了") -> dict[str, object]:
    chosen = {f"criterion-{name}": points for name, points in criteria.items()}
    return {"action": "save", "seen": seen, "comment": comment, **chosen}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_marker_reads_the_work_and_nothing_of_who_wrote_it_or_what_others_gave(prefix: str, clock) -> None:
    round_ = make_round()
    one, other = make_marker(round_), make_marker(round_)
    person = PersonFactory(real_name="令狐未央", latin_name="LINGHU Weiyang")
    script = make_script(round_, person=person)
    mark_script(script, other, LOW, comment="另一位的评语")

    text = signed_in(one).get(page_of(script, one, prefix)).content.decode()

    assert script.code in text
    assert "不能推断车间表现" in text
    for secret in (
        person.real_name,
        person.latin_name,
        person.user.email,
        str(person.uid),
        script.source,
        "另一位的评语",
        other.get_full_name(),
    ):
        assert secret not in text
    assert " checked" not in text


def test_saving_opens_the_next_open_script_and_in_the_end_the_list(clock) -> None:
    round_ = make_round(markers_per_script=1)
    user = make_marker(round_)
    first, second = make_script(round_), make_script(round_)
    client = signed_in(user)

    assert client.post(page_of(first, user), sent())["Location"] == page_of(second, user)
    assert client.post(page_of(second, user), sent())["Location"] == "/desk/marking/"

    mark = Mark.objects.get(allocation__script=first)
    assert (mark.criteria, mark.comment) == ({"facts": "12.00", "advice": "8.00"}, "条件写全了")
    again = client.get(page_of(first, user)).content.decode()
    assert again.count(" checked") == 2
    assert 'name="seen" value="1"' in again


def test_a_refused_save_says_why_and_keeps_everything_that_was_chosen_and_typed(clock) -> None:
    round_ = make_round()
    user = make_marker(round_)
    script = make_script(round_)
    client = signed_in(user)

    answer = client.post(page_of(script, user), sent({"facts": "8"}, comment="写到一半"))

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "还没选：建议可以执行" in text
    assert text.count(" checked") == 1
    assert "写到一半" in text
    assert Mark.objects.count() == 0


def test_a_script_asks_for_data_and_is_told_in_data(clock) -> None:
    round_ = make_round()
    user = make_marker(round_)
    script = make_script(round_)
    client = signed_in(user)
    json = {"headers": {"accept": "application/json"}}

    refused = client.post(page_of(script, user), sent({}), **json)
    assert (refused.status_code, set(refused.json())) == (400, {"detail", "seen"})
    assert client.post(page_of(script, user), sent(), **json).json() == {"next": "/desk/marking/"}
    stale = client.post(page_of(script, user), sent(LOW), **json)
    assert (stale.status_code, stale.json()["seen"]) == (409, 1)
    assert client.post(page_of(script, user), sent(LOW, seen=1), **json).status_code == 200


def test_a_result_that_is_out_is_said_and_saving_is_refused(clock, now) -> None:
    round_ = make_round(markers_per_script=1)
    user = make_marker(round_)
    script = make_script(round_)
    mark_script(script, user)
    seal(sources=[script.source], now=now)
    client = signed_in(user)
    assert "data-save" not in client.get(page_of(script, user)).content.decode().replace("data-saved", "")
    answer = client.post(page_of(script, user), sent(LOW, seen=1))
    assert (answer.status_code, "只能经申诉改动" in answer.content.decode()) == (409, True)


def test_giving_back_needs_a_reason_and_opens_what_is_left(clock) -> None:
    round_ = make_round(markers_per_script=1)
    user, person = make_marker(round_), PersonFactory()
    known, same, stranger = make_script(round_, person=person), make_script(round_, person=person), make_script(round_)
    client, address = signed_in(user), page_of(known, user)

    assert client.post(address, {"action": "decline", "reason": ""}).status_code == 400
    answer = client.post(address, {"action": "decline", "reason": "同一课题组"})

    # The next in the list was by the same person and went with the first.
    assert answer["Location"] == "/desk/marking/"
    assert client.get(address).status_code == 404
    assert client.get(page_of(same, user)).status_code == 404
    assert client.get(page_of(stranger, user)).status_code == 200


@pytest.mark.parametrize("act", ["", "drop"])
def test_an_act_that_there_is_not_is_refused(act: str, clock) -> None:
    round_ = make_round()
    user = make_marker(round_)
    script = make_script(round_)
    assert signed_in(user).post(page_of(script, user), {"action": act}).status_code == 400


def test_nobody_else_finds_the_page(clock) -> None:
    round_ = make_round(markers_per_script=1)
    user = make_marker(round_)
    script = make_script(round_)
    stranger = make_marker(round_)
    assert signed_in(stranger).get(page_of(script, user)).status_code == 404
    assert signed_in(stranger).post(page_of(script, user), sent()).status_code == 404


@pytest.mark.parametrize("number", [10, 100])
def test_the_page_costs_the_same_whatever_waits(number: int, clock, now, django_assert_num_queries) -> None:
    round_ = make_round(markers_per_script=1)
    user = make_marker(round_)
    rubric = make_script(round_).rubric_version
    person = PersonFactory()
    for each in range(number):
        make_script(round_, person=person, source=f"tests.many:{each}", rubric_version=rubric)
    script = make_script(round_, now=now + timedelta(minutes=1))
    client = signed_in(user)
    client.get("/desk/marking/")
    # session, user, the script with its newest mark, its place among the others
    with django_assert_num_queries(4):
        assert client.get(page_of(script, user)).status_code == 200


@pytest.mark.parametrize("points", ["十二", "NaN", "1e999999999", "12\x00", "\u202e21"])
def test_what_is_no_number_is_refused_in_words(points: str, clock) -> None:
    round_ = make_round()
    user = make_marker(round_)
    script = make_script(round_)
    answer = signed_in(user).post(page_of(script, user), sent({"facts": points, "advice": "8"}))
    assert (answer.status_code, "没有" in answer.content.decode()) == (400, True)
    assert Mark.objects.count() == 0
