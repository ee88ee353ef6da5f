from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Site, Workflow, WorkflowState

from cms.foundation.enums import EnglishState
from courses.models import CoursePage
from lms.desks.selectors.editing import DRAFTS, ENGLISH, LIVE, WAITING, page_tallies, pages_to_review, untranslated
from lms.kernel.tallies import gather
from tests.factories.accounts import UserFactory
from tests.factories.courses import course_page

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _page(title: str, **fields) -> Page:
    home = Site.objects.get(is_default_site=True).root_page
    return home.add_child(instance=Page(title=title, slug=title, has_unpublished_changes=True, **fields))


def _sent(page: Page, days_ago: int, status: str = WorkflowState.STATUS_IN_PROGRESS) -> None:
    kind = ContentType.objects.get_for_model(Page)
    state = WorkflowState.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(page.pk),
        workflow=Workflow.objects.get_or_create(name="审核")[0],
        requested_by=UserFactory(),
        status=status,
    )
    WorkflowState.objects.filter(pk=state.pk).update(created_at=timezone.now() - timedelta(days=days_ago))


def test_what_was_sent_for_review_first_stands_first_and_drafts_last(django_assert_num_queries) -> None:
    draft, newer, older = _page("draft", live=False), _page("newer"), _page("older")
    _sent(newer, 1)
    _sent(older, 9)
    _sent(draft, 3, WorkflowState.STATUS_APPROVED)
    with django_assert_num_queries(1):
        found = pages_to_review()
    assert [(page.title, page.in_review, page.live) for page in found] == [
        ("older", True, True),
        ("newer", True, True),
        ("draft", False, False),
    ]
    assert found[0].url == f"/cms-admin/pages/{older.pk}/edit/"


def test_pages_are_counted_by_what_is_to_be_done_with_them() -> None:
    _page("draft", live=False)
    _sent(_page("waiting"), 1)
    told = gather(*page_tallies())
    assert (told.total(WAITING), told.total(DRAFTS)) == (1, 1)
    assert told.total(LIVE) == Page.objects.live().filter(depth__gt=1).count()


def test_pages_whose_english_is_not_there_are_found_in_one_question(django_assert_num_queries) -> None:
    missing, older = course_page(), course_page()
    CoursePage.objects.filter(pk=missing.pk).update(english_state=EnglishState.MISSING)
    CoursePage.objects.filter(pk=older.pk).update(english_state=EnglishState.OLDER)
    course_page()
    with django_assert_num_queries(1):
        found = untranslated()
    assert [(page.title, page.older) for page in found] == [(missing.title, False), (older.title, True)]
    told = gather(*page_tallies())
    assert (told.total(ENGLISH, part="missing"), told.total(ENGLISH, part="older")) == (1, 1)
