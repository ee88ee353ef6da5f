import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cms.foundation.models.review import wrote
from cms.foundation.services.editing import WORKFLOW, let_write, set_up_editing
from cms.pages.models import StandardPage
from tests.factories import pages as make
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def page() -> StandardPage:
    """A page under review rules."""
    set_up_editing(home=make.home())
    return make.standard_page("reviewed")


def editor(*, reviews: bool = False, **fields: object) -> object:
    """Somebody of the editors, or of the reviewers."""
    user = PersonFactory(user__is_staff=True, **fields).user
    let_write(user=user, reviews=reviews)
    return user


def submitted(page: StandardPage, by: object, title: str = "新的标题") -> StandardPage:
    """The page with a changed title, handed in by `by`."""
    page.title = title
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return StandardPage.objects.get(pk=page.pk)


def actions(page: StandardPage, user: object) -> set[str]:
    """What `user` may do with the page under review."""
    task = page.current_workflow_task
    return {name for name, _label, _modal in task.get_actions(page, user)}


def test_the_review_of_the_front_door_holds_for_every_page(page: StandardPage) -> None:
    assert page.get_workflow().name == WORKFLOW


def test_another_person_approves_and_the_text_is_out(page: StandardPage) -> None:
    writer, reviewer = editor(), editor(reviews=True)
    page = submitted(page, writer)

    assert actions(page, reviewer) == {"reject", "approve"}
    page.current_workflow_task.on_action(page.current_workflow_task_state, reviewer, "approve")

    assert StandardPage.objects.get(pk=page.pk).title == "新的标题"


def test_nobody_approves_what_they_handed_in_not_even_the_platforms_staff(page: StandardPage) -> None:
    chief = editor(reviews=True, user__is_superuser=True)
    page = submitted(page, chief)

    assert actions(page, chief) == {"reject"}
    with pytest.raises(PermissionDenied):
        page.current_workflow_task.on_action(page.current_workflow_task_state, chief, "approve")
    assert StandardPage.objects.get(pk=page.pk).title == "第 reviewed 页"


def test_a_reviewer_who_mends_a_text_under_review_has_written_it(page: StandardPage) -> None:
    writer, reviewer, second = editor(), editor(reviews=True), editor(reviews=True)
    page = submitted(page, writer)
    page.title = "审核人改过的标题"
    page.save_revision(user=reviewer)

    assert "approve" not in actions(page, reviewer)
    assert "approve" in actions(page, second)


def test_what_was_published_long_ago_is_nobodys_draft(page: StandardPage) -> None:
    writer = editor()
    page.save_revision(user=writer).publish()

    assert not wrote(StandardPage.objects.get(pk=page.pk), writer)


def test_an_editor_cannot_publish_at_all(page: StandardPage) -> None:
    tester = page.permissions_for_user(editor())

    assert (tester.can_edit(), tester.can_submit_for_moderation(), tester.can_publish()) == (True, True, False)


@pytest.mark.face
def test_publishing_ones_own_text_past_the_review_keeps_a_draft_and_says_why(
    page: StandardPage, client: Client
) -> None:
    reviewer, _second = editor(reviews=True), editor(reviews=True)
    client.force_login(reviewer)
    form = {
        "title": "自己发布",
        "title_en": "Reviewed",
        "slug": page.slug,
        "summary": "",
        "summary_en": "",
        "body-count": "0",
        "body_en-count": "0",
        "action-publish": "1",
    }

    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)

    kept = StandardPage.objects.get(pk=page.pk)
    assert "自己写的，自己不能通过" in answer.content.decode()
    assert (kept.title, kept.latest_revision.as_object().title) == ("第 reviewed 页", "自己发布")
