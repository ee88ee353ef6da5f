from datetime import date

import pytest
from django.utils import translation

from lms.cohorts.selectors.places import place_of
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory
from tests.factories.schemes import LevelFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _placed(**fields):
    cohort = CohortFactory(**fields)
    LevelFactory(version=cohort.scheme_version)
    return MembershipFactory(cohort=cohort).person


def test_a_place_is_told_in_one_question_and_in_both_languages(django_assert_num_queries) -> None:
    base = OrganisationFactory(name="汾川基地", name_en="Fenchuan base")
    person = _placed(organisation=base, starts_on=date(2026, 10, 12), ends_on=date(2026, 12, 20))
    with django_assert_num_queries(1):
        place = place_of(person.pk)
        said = (place.cohort, place.base, place.level_name, place.scheme)
    assert said == ("初级 2026 秋季班", "汾川基地", "初级技术经纪人", "2026 年试行版")
    with translation.override("en"):
        english = place_of(person.pk)
        assert (english.cohort, english.level_name) == ("Junior, autumn 2026", "Junior technology broker")
    assert (place.week_of(date(2026, 11, 22)), place.weeks, place.week_of(date(2026, 10, 11))) == (6, 10, 0)


def test_the_cohort_begun_last_counts() -> None:
    person = _placed(starts_on=date(2026, 1, 1))
    later = CohortFactory(title="后来的班", starts_on=date(2026, 9, 2))
    LevelFactory(version=later.scheme_version)
    MembershipFactory(cohort=later, person=person)
    assert place_of(person.pk).cohort == "后来的班"


@pytest.mark.parametrize("state", ["withdrawn", "finished"])
def test_who_does_not_study_now_has_no_place(state: str) -> None:
    cohort = CohortFactory()
    LevelFactory(version=cohort.scheme_version)
    assert place_of(MembershipFactory(cohort=cohort, state=state).person_id) is None
    assert place_of(PersonFactory().pk) is None


def test_a_level_that_the_scheme_does_not_know_gives_no_map() -> None:
    cohort = CohortFactory(level="senior")
    LevelFactory(version=cohort.scheme_version, code="junior")
    assert place_of(MembershipFactory(cohort=cohort).person_id) is None
