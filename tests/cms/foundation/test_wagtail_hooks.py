import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.foundation.enums import EnglishState
from cms.foundation.selectors.translating import pages_that_lead_to, waiting_for_english
from cms.foundation.services.editing import let_write, set_up_editing
from tests.factories import pages as make
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def reviewer(client: Client) -> Client:
    """Somebody who reviews, signed in."""
    set_up_editing(home=make.home())
    user = PersonFactory(user__is_staff=True).user
    let_write(user=user, reviews=True)
    client.force_login(user)
    return client


def linking(target: Page, **fields: object) -> Page:
    """A page whose text links to `target`."""
    link = f'<p>见<a linktype="page" id="{target.pk}">那一页</a>。</p>'
    return make.standard_page("linking", body=[{"type": "text", "value": link}], **fields)


class TestLinks:
    def test_a_link_to_a_live_page_keeps_the_language_of_its_reader(self, client: Client) -> None:
        linking(make.standard_page("target"), body_en=[{"type": "text", "value": "<p>x</p>"}])

        assert '见<a href="/target/">那一页</a>' in client.get("/linking/").content.decode()

    def test_a_link_to_a_page_that_is_unpublished_is_plain_words(self, client: Client) -> None:
        target = make.standard_page("target")
        linking(target)
        target.unpublish()

        assert "见<a>那一页</a>" in client.get("/linking/").content.decode()

    def test_a_link_to_a_page_that_is_deleted_is_plain_words(self, client: Client) -> None:
        target = make.standard_page("target")
        linking(target)
        target.delete()

        answer = client.get("/linking/")

        assert answer.status_code == 200
        assert "见<a>那一页</a>" in answer.content.decode()


class TestWarnings:
    def test_before_a_page_is_deleted_the_editor_hears_who_links_to_it(self, reviewer: Client) -> None:
        target = make.standard_page("target")
        source = linking(target, title="引用它的页面")

        said = reviewer.get(reverse("wagtailadmin_pages:delete", args=[target.pk])).content.decode()

        assert list(pages_that_lead_to(target)) == [source.page_ptr]
        assert "还有别的页面链接到这里" in said
        assert "引用它的页面" in said

    def test_before_a_page_is_unpublished_the_editor_hears_it_and_is_asked_again(self, reviewer: Client) -> None:
        target = make.standard_page("target")
        linking(target, title="引用它的页面")
        address = reverse("wagtailadmin_pages:unpublish", args=[target.pk])

        asked = reviewer.post(address, follow=True)
        still_there = Page.objects.get(pk=target.pk).live
        reviewer.post(address)

        assert "引用它的页面" in asked.content.decode()
        assert (still_there, Page.objects.get(pk=target.pk).live) == (True, False)

    def test_a_page_that_nobody_links_to_goes_at_once(self, reviewer: Client) -> None:
        target = make.standard_page("target")

        reviewer.post(reverse("wagtailadmin_pages:unpublish", args=[target.pk]))

        assert not Page.objects.get(pk=target.pk).live


class TestTranslatorsList:
    def test_it_names_pages_without_english_and_those_whose_english_is_older(self, reviewer: Client) -> None:
        make.standard_page("both")
        missing = make.standard_page("missing", title="还没有英文", title_en="", summary_en="", body_en=[])
        older = make.standard_page("older", title="英文旧了")
        older.title = "中文改过"
        older.save()

        said = reviewer.get(reverse("waiting_for_english")).content.decode()

        waiting = waiting_for_english()
        assert waiting[missing.pk] == EnglishState.MISSING
        assert waiting[older.pk] == EnglishState.OLDER
        assert "还没有英文" in said
        assert "中文改过" in said
        assert "第 both 页" not in said

    def test_it_can_be_taken_away_as_a_table(self, reviewer: Client) -> None:
        make.standard_page("missing", title="还没有英文", title_en="")

        answer = reviewer.get(reverse("waiting_for_english"), {"export": "csv"})

        assert "还没有英文" in b"".join(answer.streaming_content).decode()

    def test_whoever_may_change_nothing_does_not_see_it(self, client: Client) -> None:
        client.force_login(PersonFactory().user)

        assert client.get(reverse("waiting_for_english")).status_code == 302
