from datetime import timedelta

import pytest
from django.utils import translation

from simulations.selectors.latest import latest_score_of
from tests.factories.accounts import PersonFactory
from tests.factories.simulations import TO_THE_TABLE, WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_the_score_of_the_deal_that_ended_last_is_told_in_one_question(now, django_assert_num_queries) -> None:
    person, version = PersonFactory(), ScenarioVersionFactory()
    first = AttemptFactory(person=person, version=version)
    play(first, WALK_AWAY, now=now)
    second = AttemptFactory(person=person, version=version, counted=False)
    play(second, *TO_THE_TABLE, WALK_AWAY, now=now + timedelta(days=1))
    with django_assert_num_queries(1):
        found = latest_score_of(person.pk)
    run = second.scores.get()
    assert (found.uid, found.total, found.passed, found.counted) == (second.uid, run.total, run.passed, False)
    assert [percent for _name, percent in found.competencies] == [
        int(float(each["percent"])) for each in run.parts["competencies"]
    ]
    assert found.title == version.title
    with translation.override("en"):
        assert latest_score_of(person.pk).title == version.title_en


def test_who_has_ended_no_deal_has_no_score() -> None:
    attempt = AttemptFactory()
    assert latest_score_of(attempt.person_id) is None
