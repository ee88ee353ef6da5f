"""What can be found is what is published: no draft, nothing unpublished, nothing behind a restriction."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from cms.foundation.enums import PublicKind
from cms.foundation.models import PublicText
from cms.pages.models import StandardPage
from tests.factories.findable import TEXT, TEXT_EN, standard_page

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.db]


def found(asked: str) -> list[str]:
    return [row.title for row in PublicText.objects.open().search(asked)]


def test_a_published_page_is_found_in_both_languages() -> None:
    page = standard_page(title="数据许可", title_en="Licensing data")
    row = PublicText.objects.get(page=page)
    assert (row.kind, row.place, row.title, row.title_en, row.text, row.text_en) == (
        PublicKind.PAGE,
        "",
        "数据许可",
        "Licensing data",
        TEXT,
        TEXT_EN,
    )
    assert found("训练") == found("training") == found("数据许可") == ["数据许可"]


def test_blocks_are_found_without_their_mark_up() -> None:
    page = standard_page()
    page.body = [("text", "<h2>尽职</h2><p>作价<b>入股</b></p>")]
    page.body_en = [("text", "<p>equity <b>stake</b></p>")]
    page.save_revision().publish()
    row = PublicText.objects.get(page=page)
    assert row.text.startswith(TEXT)
    assert "<" not in row.text + row.text_en
    assert found("作价入股") == found("尽职") == found("equity") == [page.title]


def test_a_page_whose_english_is_not_complete_is_found_in_chinese_only() -> None:
    page = standard_page(summary_en="")
    row = PublicText.objects.get(page=page)
    assert (row.title_en, row.text_en) == ("", "")
    assert found("note") == []
    assert found("训练") == [page.title]


def test_a_draft_is_not_found_until_it_is_published() -> None:
    home = Site.objects.get(is_default_site=True).root_page.specific
    page = home.add_child(instance=StandardPage(title="新页", slug="new", summary=TEXT, live=False))
    page.save_revision()
    assert found("训练") == []
    page.save_revision().publish()
    assert found("训练") == ["新页"]


def test_the_draft_of_a_published_page_is_not_found() -> None:
    page = standard_page()
    page.summary, page.title = "作价入股", "秘密"
    page.save_revision()
    assert found("作价") == found("秘密") == []
    assert found("训练") == ["说明 0"]
    page.get_latest_revision().publish()
    assert found("作价") == found("秘密") == ["秘密"]
    assert found("训练") == []


def test_an_unpublished_page_is_gone_at_once() -> None:
    page = standard_page()
    page.unpublish()
    assert PublicText.objects.count() == 0
    assert found("训练") == []


def test_a_deleted_page_takes_its_texts_with_it() -> None:
    page = standard_page()
    page.delete()
    assert PublicText.objects.count() == 0


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_restricted_page_and_all_under_it_are_not_found(kind: str) -> None:
    page = standard_page()
    child = StandardPage(title="下一页", slug="under", summary=TEXT)
    page.add_child(instance=child)
    assert found("训练") == ["下一页", "说明 0"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="p")
    assert found("训练") == []
    restriction.delete()
    assert found("训练") == ["下一页", "说明 0"]


def test_saving_without_change_writes_nothing() -> None:
    page = standard_page()
    with CaptureQueriesContext(connection) as queries:
        page.save_revision().publish()
    written = [query["sql"] for query in queries if "foundation_publictext" in query["sql"]]
    assert [sql.split()[0] for sql in written] == ["SELECT"] * len(written)


def test_pages_of_the_framework_are_left_alone() -> None:
    Page.objects.get(depth=1).save()
    assert PublicText.objects.count() == 0
