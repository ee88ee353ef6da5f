from django.urls import URLPattern, URLResolver, path

from .views import desk, me

app_name = "desks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("me/", me.me, name="me"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
