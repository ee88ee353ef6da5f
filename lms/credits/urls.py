from django.urls import URLPattern, URLResolver, path

from .views import statement

app_name = "credits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/ledger/", statement.show, name="statement"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
