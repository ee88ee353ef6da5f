from django.urls import URLPattern, URLResolver, path

from courses.api.study import Intervals, Leases
from courses.views import catalogue, enrolling, study

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("courses/", catalogue.catalogue, name="catalogue"),
    path("courses/<slug:code>/enrol/", enrolling.enrol_in_course, name="enrol"),
    path("learn/<uuid:enrolment>/", study.continue_course, name="continue"),
    path("learn/<uuid:enrolment>/<slug:item_uid>/", study.lesson, name="lesson"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("study/leases", Leases.as_view(), name="study-leases"),
    path("study/intervals", Intervals.as_view(), name="study-intervals"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = []
