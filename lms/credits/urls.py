from django.urls import URLPattern, URLResolver

app_name = "credits"
urlpatterns: list[URLPattern | URLResolver] = []
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
