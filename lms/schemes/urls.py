from django.urls import URLPattern, URLResolver, path

from .views import rules, topics, versions

app_name = "schemes"
_LEVEL = "desk/schemes/<int:pk>/<slug:level>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/schemes/", versions.versions, name="versions"),
    path("desk/schemes/<int:pk>/", versions.version, name="version"),
    path("desk/schemes/<int:pk>/draft/", versions.draft, name="draft"),
    path("desk/schemes/<int:pk>/facts/", versions.facts, name="facts"),
    path("desk/schemes/<int:pk>/study-rules/", versions.study_rules, name="study-rules"),
    path("desk/schemes/<int:pk>/differences/", versions.differences, name="differences"),
    path("desk/schemes/<int:pk>/publish/", versions.publish, name="publish"),
    path(f"{_LEVEL}/rules/add/", rules.add, name="add-rule"),
    path(f"{_LEVEL}/rules/<slug:path>/", rules.rule, name="rule"),
    path(f"{_LEVEL}/renewal/", rules.renewal, name="renewal"),
    path(f"{_LEVEL}/renewal/<slug:part>/add/", rules.add, name="add-renewal-rule"),
    path(f"{_LEVEL}/renewal/<slug:part>/<slug:path>/", rules.rule, name="renewal-rule"),
    path(f"{_LEVEL}/topics/add/", topics.topic, name="add-topic"),
    path(f"{_LEVEL}/topics/<slug:code>/", topics.topic, name="topic"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
