from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.cohorts.enums import Role
from simulations.models import Attempt
from simulations.policies import can_play, can_read_debrief
from simulations.selectors.attempts import Record, attempt_visible, attempts_played_by, records_of
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.simulations import TO_THE_TABLE, WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def attempt():
    return AttemptFactory()


def _staff(attempt, role):
    return RoleGrantFactory(organisation=attempt.organisation, role=role).user


def test_one_sees_ones_own(attempt) -> None:
    AttemptFactory()
    assert attempt_visible(attempt.person.user, attempt.uid) == attempt
    assert list(Attempt.objects.visible_to(attempt.person.user)) == [attempt]


@pytest.mark.parametrize("role", [Role.TRAINER, Role.BASE_MANAGER, Role.CERTIFIER, Role.AUTHORITY_OFFICER])
def test_staff_of_the_base_see_it(attempt, role) -> None:
    assert attempt_visible(_staff(attempt, role), attempt.uid) == attempt


@pytest.mark.parametrize("role", [Role.MARKER, Role.VERIFIER])
def test_others_at_the_base_do_not(attempt, role) -> None:
    assert attempt_visible(_staff(attempt, role), attempt.uid) is None


def test_staff_of_another_base_and_visitors_do_not(attempt) -> None:
    assert attempt_visible(RoleGrantFactory(role=Role.TRAINER).user, attempt.uid) is None
    assert attempt_visible(AnonymousUser(), attempt.uid) is None
    assert attempt_visible(attempt.person.user, uuid4()) is None


def test_only_the_player_plays(attempt) -> None:
    superuser = PersonFactory(user__is_superuser=True).user
    players = [attempt.person.user, superuser, _staff(attempt, Role.TRAINER), AnonymousUser()]
    assert [can_play(user, attempt) for user in players] == [True, False, False, False]


def test_the_hidden_half_is_for_after_the_end(attempt) -> None:
    user = attempt.person.user
    assert not can_read_debrief(user, attempt)
    play(attempt, WALK_AWAY)
    assert can_read_debrief(user, attempt)
    assert not can_read_debrief(AnonymousUser(), attempt)


def test_a_record_counts_attempts_and_keeps_the_best_counted_score(django_assert_num_queries) -> None:
    version, person = ScenarioVersionFactory(), PersonFactory()
    better = AttemptFactory(version=version, person=person)
    play(better, *TO_THE_TABLE, WALK_AWAY)
    play(AttemptFactory(version=version, person=person), WALK_AWAY)
    play(AttemptFactory(version=version, person=person, counted=False), *TO_THE_TABLE, WALK_AWAY)
    still_open = AttemptFactory(version=version, person=person)

    with django_assert_num_queries(2):
        records = records_of(person.user)
    assert records == {
        version.code: Record(attempts=4, best=better.scores.get().total, passed=False, open_uid=still_open.uid)
    }
    assert records_of(PersonFactory().user) == {}


def test_ones_attempts_come_latest_first_with_their_scores() -> None:
    version, person = ScenarioVersionFactory(), PersonFactory()
    first = AttemptFactory(version=version, person=person)
    play(first, WALK_AWAY)
    second = AttemptFactory(version=version, person=person)

    rows = [(attempt.pk, attempt.total, attempt.passed) for attempt in attempts_played_by(person.user)]
    assert rows == [(second.pk, None, None), (first.pk, Decimal(first.scores.get().total), False)]
