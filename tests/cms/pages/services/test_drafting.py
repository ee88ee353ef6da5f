"""A draft that is handed in waits for a second person, and no visitor sees it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cms.pages.models import NewsPage
from cms.pages.services.drafting import hand_in_news
from lms.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db(transaction=True)]

WORDS: dict[str, Any] = {"title": "新的一期", "summary": "开班的日子定了。", "body": [{"text": "<p>周一开班。</p>"}]}


def hand_in(author: User) -> NewsPage:
    return hand_in_news(slug="next-course", words=WORDS, on=date(2026, 11, 22), author=author)


def test_it_waits_for_a_second_person_and_is_not_published(site, client: Client) -> None:
    author = UserFactory()

    page = hand_in(author)

    assert not page.live
    assert page.current_workflow_state is not None
    assert page.current_workflow_state.requested_by == author
    assert client.get("/news/next-course/").status_code == 404
    assert "新的一期" not in client.get("/news/").content.decode()


def test_handing_it_in_again_keeps_what_an_editor_made_of_it(site) -> None:
    author = UserFactory()
    page = hand_in(author)
    page.title = "改过的标题"
    page.save_revision(user=author).publish()

    again = hand_in(author)

    assert again.pk == page.pk
    assert NewsPage.objects.get(slug="next-course").title == "改过的标题"
    assert NewsPage.objects.get(slug="next-course").revisions.count() == 2
