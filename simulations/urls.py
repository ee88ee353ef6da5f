from django.urls import URLPattern, URLResolver, path

from simulations.api.attempts import AttemptViewView, CommandsView
from simulations.views import authoring, debrief, room, scenarios
from simulations.views.desk import appeals, assigning, classes, correcting, queue, replaying, rescoring

app_name = "simulations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("simulations/", scenarios.ScenarioList.as_view(), name="list"),
    path("simulations/<slug:code>/", scenarios.briefing, name="briefing"),
    path("simulations/<slug:code>/start/", scenarios.start, name="start"),
    path("sim/<uuid:uid>/", room.room, name="room"),
    path("sim/<uuid:uid>/papers/<slug:name>/", room.document, name="document"),
    path("sim/<uuid:uid>/debrief/", debrief.debrief, name="debrief"),
    path("sim/<uuid:uid>/appeal/", appeals.appeal, name="appeal"),
    path("sim/<uuid:uid>/appeal/withdraw/", appeals.withdraw, name="appeal-withdraw"),
    path("desk/simulations/", assigning.desk, name="desk"),
    path("desk/simulations/assign/", assigning.assign, name="desk-assign"),
    path("desk/simulations/assigned/<uuid:uid>/", assigning.assignment, name="desk-assignment"),
    path("desk/simulations/assigned/<uuid:uid>/close/", assigning.close, name="desk-close"),
    path("desk/simulations/assigned/<uuid:uid>/class/", classes.debrief, name="desk-class"),
    path("desk/simulations/assigned/<uuid:uid>/results/<slug:kind>/", classes.results, name="desk-results-file"),
    path("desk/simulations/attempts/", queue.attempts, name="desk-queue"),
    path("desk/simulations/attempts/<uuid:uid>/", replaying.replay, name="desk-replay"),
    path("desk/simulations/attempts/<uuid:uid>/correct/", correcting.correct, name="desk-correct"),
    path(
        "desk/simulations/attempts/<uuid:uid>/comments/<uuid:comment>/take-back/",
        replaying.take_back,
        name="desk-take-back",
    ),
    path("desk/simulations/corrections/", correcting.corrections, name="desk-corrections"),
    path("desk/simulations/corrections/<uuid:uid>/", correcting.correction, name="desk-override"),
    path("desk/simulations/appeals/", appeals.appeals, name="desk-appeals"),
    path("desk/simulations/appeals/<uuid:uid>/", appeals.decision, name="desk-appeal"),
    path("desk/simulations/rescores/", rescoring.rescores, name="desk-rescores"),
    path("desk/simulations/rescores/new/", rescoring.prepare, name="desk-rescore-new"),
    path("desk/simulations/rescores/<uuid:uid>/", rescoring.rescore, name="desk-rescore"),
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
