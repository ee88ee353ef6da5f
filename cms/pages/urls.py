from django.urls import URLPattern, URLResolver, path

from .views import display, health

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("large-print/", display.large_print, name="large-print"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
