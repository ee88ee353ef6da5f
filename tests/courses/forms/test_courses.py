import pytest

from courses.wagtail_hooks import CourseViewSet
from lms.cohorts.enums import OrganisationKind
from lms.schemes.services.loading import load_scheme
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _form():
    return CourseViewSet.edit_handler.bind_to_model(CourseViewSet.model).get_form_class()()


def test_only_training_bases_give_courses() -> None:
    base = OrganisationFactory()
    OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    assert list(_form().fields["organisation"].queryset) == [base]


def test_levels_are_called_as_the_rules_call_them(clock, now) -> None:
    load_scheme("ttm-2026-1", now=now)
    assert ("junior", "初级技术经纪人") in list(_form().fields["level"].choices)


def test_before_the_first_rules_levels_are_called_by_their_codes(clock) -> None:
    assert ("junior", "junior") in list(_form().fields["level"].choices)
