import pytest
from django.db.models import Count, Window

from lms.cohorts.models import Organisation
from lms.desks.selectors.paging import counted_page
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def found():
    OrganisationFactory.create_batch(25)
    return Organisation.objects.annotate(in_all=Window(Count("pk"))).order_by("pk")


def test_a_page_is_one_question(found, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        page = counted_page(found, "2", 10)
    assert (len(page), page.number, page.paginator.count, page.paginator.num_pages) == (10, 2, 25, 3)
    assert (page.has_next(), page.has_previous()) == (True, True)


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "99", "²"])
def test_a_page_that_does_not_exist_is_the_first(found, asked: str) -> None:
    assert counted_page(found, asked, 10).number == 1


def test_nothing_is_one_empty_page(found) -> None:
    page = counted_page(found.none(), 1, 10)
    assert (len(page), page.paginator.count, page.has_other_pages()) == (0, 0, False)
