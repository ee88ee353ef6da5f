"""The news as a feed."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.foundation.selectors.tree import CHINESE, address_in, place_of
from cms.pages.selectors.news import latest_news
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from cms.pages.models import NewsPage

LENGTH = 20


class NewsFeed(Feed):
    """The newest news in the language of the address; news without English is left to the Chinese feed."""

    feed_type = Atom1Feed

    def __call__(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> Any:
        self.language: str = request.LANGUAGE_CODE or CHINESE
        self.root: Page = Site.find_for_request(request).root_page
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        return _("News of Jiqiao")

    def link(self) -> str:
        return address_in("news/", self.language)

    def items(self) -> "list[NewsPage]":
        news = latest_news(LENGTH)
        return [each for each in news if self.language == CHINESE or each.speaks_english]

    def item_title(self, item: "NewsPage") -> str:
        return item.title_here

    def item_description(self, item: "NewsPage") -> str:
        return item.summary_here

    def item_link(self, item: "NewsPage") -> str:
        return address_in(place_of(item.url_path, self.root), self.language)

    def item_guid(self, item: "NewsPage") -> str:
        return f"{settings.JIQIAO_BASE_URL}/#news-{item.pk}-{self.language}"

    def item_pubdate(self, item: "NewsPage") -> datetime:
        return datetime.combine(item.date, time.min, tzinfo=BEIJING)

    def item_updateddate(self, item: "NewsPage") -> datetime:
        return item.last_published_at or self.item_pubdate(item)
