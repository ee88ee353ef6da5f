"""News, newest first."""

from django.core.paginator import Page, Paginator

from cms.pages.models import NewsIndexPage, NewsPage

PER_PAGE = 20


def news_under(index: NewsIndexPage, number: str | int = 1) -> Page[NewsPage]:
    """One page of the news under `index`, in two queries whatever their number."""
    news = NewsPage.objects.child_of(index).live().order_by("-date", "-pk").defer("body", "body_en")
    return Paginator(news, PER_PAGE).get_page(number)


def latest_news(limit: int = 4) -> list[NewsPage]:
    """The newest news of the site (one query)."""
    return list(NewsPage.objects.live().order_by("-date", "-pk").defer("body", "body_en")[:limit])
