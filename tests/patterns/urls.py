from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

import lms.urls

from . import views

handler400, handler403 = lms.urls.handler400, lms.urls.handler403
handler404, handler500 = lms.urls.handler404, lms.urls.handler500

_pages = [
    path("", views.index, name="index"),
    path("foundations/", views.foundations, name="foundations"),
    path("components/<name>/", views.component, name="component"),
    path("layouts/<name>/", views.layout, name="layout"),
]
urlpatterns = [
    *i18n_patterns(path("patterns/", include((_pages, "patterns"))), prefix_default_language=False),
    *lms.urls.urlpatterns,
]
