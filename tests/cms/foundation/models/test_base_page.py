import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import get_page_models

from cms.foundation.enums import EnglishState
from cms.foundation.models import BasePage
from cms.pages.models import StandardPage
from tests.factories import pages

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_page_with_both_languages_is_complete() -> None:
    assert pages.standard_page().english_state == EnglishState.COMPLETE


def test_a_page_with_an_empty_twin_misses_its_english() -> None:
    assert pages.standard_page(body_en=[]).english_state == EnglishState.MISSING


def test_an_empty_field_needs_no_twin() -> None:
    assert pages.standard_page(summary="", summary_en="").english_state == EnglishState.COMPLETE


def test_a_number_that_is_the_same_everywhere_needs_no_twin() -> None:
    assert pages.policy_page(number="GB/T 42748-2023", number_en="").english_state == EnglishState.COMPLETE


def test_a_change_of_the_chinese_alone_makes_the_english_older() -> None:
    page = pages.standard_page()
    page.summary = "另一句话。"
    page.save()
    assert page.english_state == EnglishState.OLDER


def test_a_change_of_the_english_confirms_it() -> None:
    page = pages.standard_page()
    page.summary = "另一句话。"
    page.save()
    page.summary_en = "Another sentence."
    page.save()
    assert page.english_state == EnglishState.COMPLETE


def test_a_translator_may_say_that_the_english_still_holds() -> None:
    page = pages.standard_page()
    page.summary = "一句话！"
    page.save()
    page.confirm_english()
    page.save()
    assert page.english_state == EnglishState.COMPLETE


def test_a_draft_carries_its_own_state_and_leaves_the_live_page_alone() -> None:
    page = pages.standard_page()
    page.summary = "草稿里的话。"
    revision = page.save_revision()
    assert StandardPage.objects.get().english_state == EnglishState.COMPLETE
    revision.publish()
    assert StandardPage.objects.get().english_state == EnglishState.OLDER


def test_a_page_is_named_in_the_language_that_it_speaks() -> None:
    whole, half = pages.standard_page(), pages.standard_page(slug="half", body_en=[])
    with translation.override("en"):
        assert (whole.title_here, half.title_here) == ("Page number about", "第 half 页")


@pytest.mark.face
@pytest.mark.parametrize(
    ("state", "notice"),
    [
        (EnglishState.MISSING, "This page has not been translated into English yet."),
        (EnglishState.OLDER, "The Chinese text of this page has changed"),
    ],
)
def test_without_whole_english_a_page_is_chinese_as_a_whole(client: Client, state: str, notice: str) -> None:
    page = pages.standard_page(body_en=[] if state == EnglishState.MISSING else pages.BODY_EN)
    if state == EnglishState.OLDER:
        page.body = [("text", "<p>先问清楚，再报价，再签字。</p>")]
        page.save()
    shown = client.get("/en/about/").text
    article = shown[shown.index("<article") : shown.index("</article>")]
    assert article.startswith('<article lang="zh-Hans">')
    assert "One sentence." not in article
    assert "先问清楚" in article
    assert notice in shown
    assert '<html lang="en"' in shown
    assert 'href="/about/" lang="zh-Hans" hreflang="zh-Hans"' in shown
    assert '<link rel="canonical" href="http://localhost:8000/about/">' in shown
    assert '<link rel="alternate" hreflang="en"' not in shown


@pytest.mark.face
def test_a_whole_page_names_its_twin(client: Client) -> None:
    pages.standard_page()
    shown = client.get("/en/about/").text
    assert '<link rel="canonical" href="http://localhost:8000/en/about/">' in shown
    assert '<link rel="alternate" hreflang="zh-Hans" href="http://localhost:8000/about/">' in shown
    assert '<link rel="alternate" hreflang="en" href="http://localhost:8000/en/about/">' in shown
    assert "You are reading the Chinese text" not in shown


@pytest.mark.face
def test_a_page_below_a_page_is_found_in_one_step_and_a_draft_is_not(client: Client) -> None:
    page = pages.help_page()
    assert client.get("/help/page-1/").status_code == 200
    assert client.get("/help/page-2/").status_code == 404
    page.unpublish()
    assert client.get("/help/page-1/").status_code == 404


@pytest.mark.face
def test_a_page_under_a_restricted_one_is_not_shown_to_everybody(client: Client) -> None:
    page = pages.help_page()
    page.get_parent().view_restrictions.create(restriction_type="login")
    assert client.get("/help/page-1/").status_code == 302


@pytest.mark.unit
def test_every_page_of_the_house_speaks_two_languages() -> None:
    ours = [model for model in get_page_models() if model._meta.app_label != "wagtailcore"]
    assert [model for model in ours if not issubclass(model, BasePage)] == []
    assert len(ours) >= 18
