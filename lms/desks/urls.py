from django.urls import URLPattern, URLResolver, path

from .views import desk, jobs, levels, me, notices, search

app_name = "desks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/search/", search.search, name="search"),
    path("desk/jobs/<int:job_id>/retry/", jobs.retry_job, name="retry-job"),
    path("me/", me.me, name="me"),
    path("me/level/<slug:code>/", levels.level, name="level"),
    path("me/notices/", notices.notices, name="notices"),
    path("me/notices/settings/", notices.settings, name="notice-settings"),
    path("me/notices/read/", notices.mark_all, name="notices-read"),
    path("me/notices/<int:notice_id>/", notices.notice, name="notice"),
    path("me/notices/<int:notice_id>/read/", notices.mark_one, name="notice-read"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
