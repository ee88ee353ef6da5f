from django.urls import URLPattern, URLResolver, path

from .views import health

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
