"""Every address of the platform: the one module, with settings, that knows every room."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

import certificates.urls
import courses.urls
import lms.accounts.urls
import lms.cohorts.urls
import lms.credits.urls
import lms.desks.urls
import lms.exams.urls
import lms.marking.urls
import lms.schemes.urls
import simulations.urls
from cms.pages.urls import machine_urlpatterns as pages_machine_urlpatterns

ROOMS = (
    lms.desks.urls,
    lms.accounts.urls,
    lms.schemes.urls,
    lms.cohorts.urls,
    lms.credits.urls,
    lms.exams.urls,
    lms.marking.urls,
    courses.urls,
    simulations.urls,
    certificates.urls,
)

api_urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    *[pattern for room in ROOMS for pattern in room.api_urlpatterns],
]

urlpatterns = [
    path("api/v1/", include((api_urlpatterns, "api"))),
    *[pattern for room in ROOMS for pattern in room.machine_urlpatterns],
    *pages_machine_urlpatterns,
    path("cms-admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        *[path("", include((room.urlpatterns, room.app_name))) for room in ROOMS],
        path("", include("cms.pages.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "cms.pages.views.errors.bad_request"
handler403 = "cms.pages.views.errors.forbidden"
handler404 = "cms.pages.views.errors.not_found"
handler429 = "cms.pages.views.errors.too_many"
handler500 = "cms.pages.views.errors.fault"
