from django.urls import URLPattern, URLResolver, path

from lms.cohorts.views import cohorts, roles, rosters

app_name = "cohorts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/role/", roles.switch, name="switch-role"),
    path("base/cohorts/<str:code>/", cohorts.cohort, name="cohort"),
    path("base/cohorts/<str:code>/roster/", rosters.roster, name="roster"),
    path("base/cohorts/<str:code>/roster/template.xlsx", rosters.roster_template, name="roster-template"),
    path("base/cohorts/<str:code>/roster/<uuid:uid>/", rosters.roster_preview, name="roster-preview"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
