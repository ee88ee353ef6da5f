from django.urls import URLPattern, URLResolver, path

from simulations.api.attempts import AttemptViewView, CommandsView
from simulations.views import debrief, room, scenarios

app_name = "simulations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("simulations/", scenarios.ScenarioList.as_view(), name="list"),
    path("simulations/<slug:code>/", scenarios.briefing, name="briefing"),
    path("simulations/<slug:code>/start/", scenarios.start, name="start"),
    path("sim/<uuid:uid>/", room.room, name="room"),
    path("sim/<uuid:uid>/debrief/", debrief.debrief, name="debrief"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("sim/attempts/<uuid:uid>/commands", CommandsView.as_view(), name="sim-commands"),
    path("sim/attempts/<uuid:uid>/view", AttemptViewView.as_view(), name="sim-view"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = []
