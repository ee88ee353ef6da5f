from django.urls import URLPattern, URLResolver, path

from .api import attempts
from .views import appeals, ending, exporting, figures, importing, regrades, reviewing, room, seats, statistics
from .views.bank import banks, cases, editing, laws, questions
from .views.bank import figures as bank_figures
from .views.desk import live, marksheets, planning, printing, seating

app_name = "exams"
urlpatterns: list[URLPattern | URLResolver] = [
    path("exams/", seats.list_own, name="list"),
    path("exams/<int:seat_id>/start/", seats.start, name="start"),
    path("exam/<uuid:uid>/", room.room, name="room"),
    path("exam/<uuid:uid>/figure/<uuid:figure_uid>/", figures.in_attempt, name="figure"),
    path("exam/<uuid:uid>/submit/", ending.submit, name="submit"),
    path("exam/<uuid:uid>/result/", reviewing.result, name="result"),
    path("exam/<uuid:uid>/review/", reviewing.review, name="review"),
    path("exam/<uuid:uid>/appeal/", appeals.appeal, name="appeal"),
    path("exam/<uuid:uid>/appeal/withdraw/", appeals.withdraw, name="appeal-withdraw"),
    path("desk/appeals/", appeals.queue, name="desk-appeals"),
    path("desk/appeals/<uuid:uid>/", appeals.decision, name="desk-appeal"),
    path("desk/exams/<slug:code>/regrades/", regrades.regrades, name="desk-regrades"),
    path("desk/exams/<slug:code>/regrades/new/", regrades.new_regrade, name="desk-regrade-new"),
    path("desk/exams/<slug:code>/regrades/<uuid:uid>/", regrades.regrade, name="desk-regrade"),
    path("desk/bank/", banks.banks, name="banks"),
    path("desk/bank/new/", banks.new_bank, name="bank-new"),
    path("desk/bank/laws/", laws.laws, name="laws"),
    path("desk/bank/laws/<slug:code>/", laws.law, name="law"),
    path("desk/bank/figures/<uuid:uid>/", bank_figures.figure, name="bank-figure"),
    path("desk/bank/question/<uuid:uid>/", questions.question, name="bank-question"),
    path("desk/bank/question/<uuid:uid>/edit/", editing.edit_question, name="question-edit"),
    path("desk/bank/case/<uuid:uid>/", cases.case, name="case"),
    path("desk/bank/case/<uuid:uid>/edit/", cases.edit_case, name="case-edit"),
    path("desk/bank/<int:pk>/", banks.bank, name="bank"),
    path("desk/bank/<int:pk>/figures/", bank_figures.bank_figures, name="bank-figures"),
    path("desk/bank/<int:pk>/import/", importing.bank_import, name="bank-import"),
    path("desk/bank/<int:pk>/import/template/", importing.import_template, name="bank-import-template"),
    path("desk/bank/<int:pk>/import/<uuid:uid>/", importing.import_preview, name="bank-import-preview"),
    path("desk/bank/<int:pk>/import/<uuid:uid>/marked/", importing.import_marked, name="bank-import-marked"),
    path("desk/bank/<int:pk>/export/<slug:file_format>/", exporting.bank_export, name="bank-export"),
    path("desk/bank/<int:pk>/new/case/", cases.new_case, name="case-new"),
    path("desk/bank/<int:pk>/new/<slug:kind>/", editing.new_question, name="question-new"),
    path("desk/exams/<slug:code>/statistics/", statistics.of_exam, name="desk-statistics"),
]
_running = "desk/exams/<slug:code>/"
urlpatterns += [
    path("desk/exams/", planning.exams, name="desk"),
    path("desk/exams/new/", planning.new_exam, name="desk-new"),
    path(_running, planning.exam, name="desk-exam"),
    path(f"{_running}plan/", planning.plan, name="desk-plan"),
    path(f"{_running}trial/", planning.trial, name="desk-trial"),
    path(f"{_running}seats/", seating.seats, name="desk-seats"),
    path(f"{_running}seats/cohort/<int:cohort_id>/", seating.cohort, name="desk-cohort"),
    path(f"{_running}seats/job/<int:job_id>/", seating.seating, name="desk-seating"),
    path(f"{_running}seats/<int:seat_id>/", seating.seat, name="desk-seat"),
    path(f"{_running}tickets/", printing.tickets, name="desk-tickets"),
    path(f"{_running}sign-in/", printing.sign_in_list, name="desk-sign-in"),
    path(f"{_running}papers/<slug:beginning>/print/", printing.paper, name="desk-paper"),
    path(f"{_running}live/", live.live, name="desk-live"),
    path(f"{_running}results/", marksheets.results, name="desk-results"),
    path(f"{_running}results/file/<slug:kind>/", marksheets.results_file, name="desk-results-file"),
    path(f"{_running}attempts/<uuid:uid>/void/", marksheets.void, name="desk-void"),
    path(f"{_running}cut/", marksheets.cut, name="desk-cut"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("exam/attempts/<uuid:uid>/steps", attempts.StepsView.as_view(), name="exam-steps"),
    path("exam/attempts/<uuid:uid>/submit", attempts.SubmitView.as_view(), name="exam-submit"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = []
