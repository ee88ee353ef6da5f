from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.kernel.clock import HeldClock
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.claims import claimant_at
from tests.factories.credits import make_points
from tests.factories.schemes import LevelFactory, leaf
from tests.factories.standing import confirmed_claim

pytestmark = [pytest.mark.face, pytest.mark.django_db]

# 2 for the sign-in, 2 for the frame of the desk; then the person, the balance, what counts, which rules there are, what
# lapses, the place and the facts before its level
QUERIES = 11


def page(user: Any, path: str = "/en/me/credits/") -> str:
    client = Client()
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_sign_in_without_a_person_stands_nowhere(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/me/credits/").status_code == 404


def test_without_credits_the_page_says_how_to_earn_some(clock: HeldClock) -> None:
    told = page(PersonFactory().user)
    assert "No credits yet." in told
    assert "/en/me/credits/claims/new/" in told


def test_the_page_says_what_counts_and_what_is_missing_in_both_languages(clock: HeldClock) -> None:
    place = claimant_at()
    confirmed_claim(place)
    make_points(person=place.person, organisation=place.cohort.organisation)
    told = page(place.person.user)
    for words in ("credit points count today", "Contracts registered", "points to star 1", "enough", "2026"):
        assert words in told
    assert "离 1 星还差" in page(place.person.user, "/me/credits/")


def test_the_page_counts_down_to_the_day_on_which_credits_end(clock: HeldClock) -> None:
    place = claimant_at()
    line = make_points(person=place.person, organisation=place.cohort.organisation)
    assert "Nothing of what counts today ends" in page(place.person.user)
    clock.at = datetime.combine(line.valid_to, clock.at.timetz())
    assert "2.00 points count for the last time" in page(place.person.user)


@pytest.mark.parametrize("lines", [10, 1000])
def test_the_number_of_queries_does_not_grow_with_the_lines(
    lines: int, clock: HeldClock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = claimant_at()
    LevelFactory(version=place.cohort.scheme_version, requirements=leaf("points", fact="contribution", at_least="5.00"))
    for number in range(lines):
        make_points(person=place.person, organisation=place.cohort.organisation, source=f"exams.seat:of:{number}")
    page(PersonFactory().user)
    client = Client()
    client.force_login(place.person.user)
    cache.clear()
    with django_assert_num_queries(QUERIES):
        assert client.get("/me/credits/").status_code == 200
