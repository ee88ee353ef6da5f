from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Site

from cms.foundation.selectors.menus import Menu, lines_near
from cms.pages.models import LegalIndexPage, LegalPage, StandardPage

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _page(model, parent, title: str, slug: str, *, chosen: bool, **more):
    return parent.add_child(instance=model(title=title, title_en=slug, slug=slug, show_in_menus=chosen, **more))


@pytest.fixture
def site_with_pages() -> None:
    root = Site.objects.get().root_page
    _page(StandardPage, root, "考核方案", "schemes", chosen=True)
    _page(StandardPage, root, "关于本站", "about", chosen=False)
    legal = _page(LegalIndexPage, root, "条款", "legal", chosen=False)
    _page(LegalPage, legal, "隐私", "privacy", chosen=True)
    _page(LegalPage, legal, "旧条款", "old", chosen=False)


@pytest.mark.usefixtures("site_with_pages")
def test_the_head_has_what_is_chosen_and_the_foot_the_rest_and_what_is_chosen_deeper() -> None:
    menu = Menu(RequestFactory().get("/legal/privacy/"))
    with translation.override("zh-hans"):
        assert [(entry.title, entry.url) for entry in menu.entries] == [("考核方案", "/schemes/")]
        assert [(entry.title, entry.current) for entry in menu.foot] == [
            ("关于本站", False),
            ("条款", True),
            ("隐私", True),
        ]


@pytest.fixture
def kept(settings) -> Iterator[None]:
    """A cache that keeps, as an installation has it."""
    keeping = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "menus"}
    settings.CACHES = {**settings.CACHES, "visitors": keeping}
    yield
    caches["visitors"].clear()


@pytest.mark.usefixtures("site_with_pages", "kept")
def test_head_and_foot_are_asked_once(django_assert_num_queries) -> None:
    root = Site.objects.get().root_page
    with django_assert_num_queries(1):
        assert lines_near(root) == lines_near(root)
    assert (len(lines_near(root).head), len(lines_near(root).foot)) == (1, 3)


def _head() -> list[str]:
    return [line.title for line in lines_near(Site.objects.get().root_page).head]


@pytest.mark.usefixtures("site_with_pages", "kept")
@pytest.mark.parametrize("act", ["publish", "unpublish", "move", "delete"])
def test_the_kept_menu_goes_with_every_act_that_changes_it(act: str, django_capture_on_commit_callbacks) -> None:
    assert _head() == ["考核方案"]
    page = StandardPage.objects.get(slug="schemes")
    with django_capture_on_commit_callbacks(execute=True):
        if act == "publish":
            page.menu_title, page.title = "方案", "考核方案全文"
            page.save_revision().publish()
        elif act == "unpublish":
            page.unpublish()
        elif act == "move":
            page.move(StandardPage.objects.get(slug="about"), pos="last-child")
        else:
            page.delete()
    assert _head() == (["考核方案全文"] if act == "publish" else [])
