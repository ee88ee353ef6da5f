from django.urls import URLPattern, URLResolver, path

from .views import agreement, deciding, queue, rounds, rubrics, script

app_name = "marking"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/marking/", queue.home, name="home"),
    path("desk/marking/mine/", queue.mine, name="mine"),
    path("desk/marking/script/<uuid:uid>/", script.script, name="script"),
    path("desk/marking/decide/<uuid:uid>/", deciding.decide, name="decide"),
    path("desk/marking/round/<uuid:uid>/", rounds.one, name="round"),
    path("desk/marking/round/<uuid:uid>/agreement/", agreement.report, name="agreement"),
    path("desk/marking/round/<uuid:uid>/agreement.xlsx", agreement.workbook, name="agreement-sheet"),
    path("desk/marking/rubrics/", rubrics.listed, name="rubrics"),
    path("desk/marking/rubrics/<uuid:uid>/", rubrics.one, name="rubric"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
