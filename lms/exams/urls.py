from django.urls import URLPattern, URLResolver, path

from .api import attempts
from .views import ending, figures, room, seats, statistics

app_name = "exams"
urlpatterns: list[URLPattern | URLResolver] = [
    path("exams/", seats.list_own, name="list"),
    path("exams/<int:seat_id>/start/", seats.start, name="start"),
    path("exam/<uuid:uid>/", room.room, name="room"),
    path("exam/<uuid:uid>/figure/<uuid:figure_uid>/", figures.in_attempt, name="figure"),
    path("exam/<uuid:uid>/submit/", ending.submit, name="submit"),
    path("exam/<uuid:uid>/result/", ending.result, name="result"),
    path("desk/exams/<slug:code>/statistics/", statistics.of_exam, name="desk-statistics"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("exam/attempts/<uuid:uid>/steps", attempts.StepsView.as_view(), name="exam-steps"),
    path("exam/attempts/<uuid:uid>/submit", attempts.SubmitView.as_view(), name="exam-submit"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = []
