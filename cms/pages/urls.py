from django.urls import URLPattern, URLResolver, path

from .views import display, feeds, health, robots, search

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", search.search, name="search"),
    path("news/feed/", feeds.NewsFeed(), name="news-feed"),
    path("large-print/", display.large_print, name="large-print"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("robots.txt", robots.robots, name="robots"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
