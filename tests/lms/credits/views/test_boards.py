from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lms.credits.models import BoardConsent
from lms.credits.services.boards import join_board
from lms.kernel.clock import HeldClock
from tests.factories.cohorts import CohortFactory, MembershipFactory
from tests.factories.credits import make_points

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def people_at(cohort: Any, number: int, now: datetime, *, agreed: int) -> list[Any]:
    people = [MembershipFactory(cohort=cohort).person for _one in range(number)]
    for place, person in enumerate(people):
        make_points(person=person, organisation=cohort.organisation, source=f"exams.seat:{person.pk}")
        if place < agreed:
            join_board(person=person, organisation=cohort.organisation, shown_as=f"渔者{place}号", now=now)
    return people


def board_page(person: Any, cohort: Any) -> tuple[Client, str]:
    client = Client()
    client.force_login(person.user)
    return client, f"/en/me/credits/boards/{cohort.organisation.code}/"


def test_with_four_names_and_nine_people_nothing_is_shown(clock: HeldClock, now: datetime) -> None:
    cohort = CohortFactory()
    people = people_at(cohort, 9, now, agreed=4)
    client, path = board_page(people[0], cohort)
    told = client.get(path).content.decode()
    assert "A board is shown from 5 people on" in told
    assert "The spread is drawn from 10 people on" in told
    assert "渔者1号" not in told


def test_with_five_names_and_ten_people_both_are_shown(clock: HeldClock, now: datetime) -> None:
    cohort = CohortFactory()
    people = people_at(cohort, 10, now, agreed=5)
    client, path = board_page(people[0], cohort)
    told = client.get(path).content.decode()
    assert all(f"渔者{place}号" in told for place in range(5))
    assert all(person.real_name not in told for person in people[1:])
    assert "You are here:" in told
    assert "0 of 10 people have fewer" in told


def test_joining_and_leaving_take_effect_at_once(clock: HeldClock, now: datetime) -> None:
    cohort = CohortFactory()
    people = people_at(cohort, 6, now, agreed=5)
    client, path = board_page(people[5], cohort)
    assert "第六个" in client.post(path, {"join": "1", "shown_as": "第六个"}, follow=True).content.decode()
    told = client.post(path, {"leave": "1"}, follow=True).content.decode()
    assert "Your name no longer stands on the board." in told
    assert "第六个" not in told
    assert BoardConsent.objects.filter(until__isnull=True).count() == 5


def test_a_name_that_cannot_be_read_is_told_beside_its_field(clock: HeldClock, now: datetime) -> None:
    cohort = CohortFactory()
    client, path = board_page(people_at(cohort, 1, now, agreed=0)[0], cohort)
    answer = client.post(path, {"join": "1", "shown_as": "\u202e\u200b"})
    assert answer.status_code == 400
    assert BoardConsent.objects.count() == 0


def test_the_board_of_an_organisation_that_does_not_know_one_is_not_there(clock: HeldClock, now: datetime) -> None:
    cohort = CohortFactory()
    person = people_at(cohort, 1, now, agreed=0)[0]
    client, path = board_page(person, CohortFactory())
    assert client.get(path).status_code == 404
    assert client.post(path, {"join": "1", "shown_as": "渔者"}).status_code == 404
    assert client.get("/en/me/credits/boards/")["Location"] == f"/en/me/credits/boards/{cohort.organisation.code}/"
