from django.urls import URLPattern, URLResolver, path

from simulations.api.attempts import AttemptViewView, CommandsView
from simulations.views import authoring, debrief, room, scenarios

app_name = "simulations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("simulations/", scenarios.ScenarioList.as_view(), name="list"),
    path("simulations/<slug:code>/", scenarios.briefing, name="briefing"),
    path("simulations/<slug:code>/start/", scenarios.start, name="start"),
    path("sim/<uuid:uid>/", room.room, name="room"),
    path("sim/<uuid:uid>/papers/<slug:name>/", room.document, name="document"),
    path("sim/<uuid:uid>/debrief/", debrief.debrief, name="debrief"),
    path("desk/scenarios/", authoring.versions, name="scenarios"),
    path("desk/scenarios/upload/", authoring.upload, name="scenario-upload"),
    path("desk/scenarios/<int:pk>/", authoring.version, name="scenario-version"),
    path("desk/scenarios/<int:pk>/whole/", authoring.preview, name="scenario-preview"),
    path("desk/scenarios/<int:pk>/file/", authoring.source, name="scenario-source"),
    path("desk/scenarios/<int:pk>/playtest/", authoring.playtest, name="scenario-playtest"),
    path("desk/scenarios/<int:pk>/approve/", authoring.approve, name="scenario-approve"),
    path("desk/scenarios/<int:pk>/retire/", authoring.retire, name="scenario-retire"),
    path("desk/scenarios/<int:pk>/waive/", authoring.waive, name="scenario-waive"),
    path("desk/scenarios/<int:pk>/pilot/", authoring.pilot, name="scenario-pilot"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("sim/attempts/<uuid:uid>/commands", CommandsView.as_view(), name="sim-commands"),
    path("sim/attempts/<uuid:uid>/view", AttemptViewView.as_view(), name="sim-view"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = []
