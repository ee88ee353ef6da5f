"""Where the house joins Wagtail's editor: links, the review by a second person, warnings, the translator's list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from cms.foundation.selectors.reviews import needs_a_second_person
from cms.foundation.selectors.translating import pages_that_lead_to
from cms.foundation.views.translating import WaitingForEnglish

SHOWN = 20
TOLD = "told-who-links-to"


class LivePageLink(PageLinkHandler):
    """A link in rich text to a page of the site.

    Differs from core: a page that is not on the site leaves its words as plain words, and all pages of a text
    are read in one query.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        pages = Page.objects.live().in_bulk({int(attrs["id"]) for attrs in attrs_list if attrs.get("id")})
        return [pages.get(int(attrs["id"])) if attrs.get("id") else None for attrs in attrs_list]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [f'<a href="{escape(page.url)}">' if page else "<a>" for page in cls.get_many(attrs_list)]


@hooks.register("register_rich_text_features", order=10)
def register_links(features: FeatureRegistry) -> None:
    """After core has registered its own."""
    features.register_link_type(LivePageLink)


@hooks.register("before_publish_page")
def ask_a_second_person(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the draft and say what to do, where somebody would let out their own text."""
    if not needs_a_second_person(request.user, page):
        return None
    messages.warning(
        request,
        _("Saved as a draft. Nobody approves their own text: submit it for review, and another person publishes it."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_page")
def name_pages_that_link(request: HttpRequest, page: Page) -> None:
    """On the page that asks whether to go on: which pages link here, and what becomes of their links."""
    if request.method == "GET":
        _warn(request, page)


@hooks.register("before_unpublish_page")
def ask_once_more(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Core asks here only after the first yes: where pages link to this one, name them and ask again."""
    if request.session.pop(TOLD, None) == page.pk or not _warn(request, page):
        return None
    request.session[TOLD] = page.pk
    return redirect("wagtailadmin_pages:unpublish", page.pk)


def _warn(request: HttpRequest, page: Page) -> bool:
    """Name the pages that link to `page`; False where there is none."""
    leading = list(pages_that_lead_to(page)[:SHOWN])
    if not leading:
        return False
    names = format_html_join(
        pgettext("between titles", ", "),
        '<a href="{}">{}</a>',
        ((reverse("wagtailadmin_pages:edit", args=[one.pk]), one.title) for one in leading),
    )
    said = _("Other pages link here. Their links become plain words, nothing breaks: {pages}")
    messages.warning(request, format_html(escape(said), pages=names))
    return True


@hooks.register("register_admin_urls")
def translator_urls() -> list[URLPattern]:
    """Where the translator's list stands."""
    return [
        path("reports/waiting-for-english/", WaitingForEnglish.as_view(), name="waiting_for_english"),
        path(
            "reports/waiting-for-english/results/",
            WaitingForEnglish.as_view(results_only=True),
            name="waiting_for_english_results",
        ),
    ]


class TranslatorMenuItem(MenuItem):
    """The entry under Reports, for whoever may change a page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return WaitingForEnglish.permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_reports_menu_item")
def translator_menu_item() -> MenuItem:
    """The entry under Reports."""
    label = gettext_lazy("Pages waiting for English")
    return TranslatorMenuItem(label, reverse("waiting_for_english"), icon_name="globe", order=650)
