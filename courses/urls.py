from django.urls import URLPattern, URLResolver, path

from courses.api.margins import Notes, Places
from courses.api.study import Intervals, Leases, Presence
from courses.views import (
    announcements,
    applications,
    applying,
    calendar,
    catalogue,
    discussion,
    enrolling,
    hours,
    notes,
    offerings,
    practice,
    study,
    supervising,
    versions,
)

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("courses/", catalogue.catalogue, name="catalogue"),
    path("courses/<slug:code>/enrol/", enrolling.enrol_in_course, name="enrol"),
    path("courses/<slug:code>/apply/<uuid:offering>/", applying.apply_for_place, name="apply"),
    path("me/applications/", applying.mine, name="my-applications"),
    path("me/applications/<uuid:uid>/", applying.my_application, name="my-application"),
    path("applications/papers/<uuid:uid>/", applications.document, name="application-document"),
    path("base/applications/", applications.applications, name="base-applications"),
    path("base/applications/<uuid:uid>/", applications.application, name="base-application"),
    path("base/offerings/", offerings.offerings, name="offerings"),
    path("base/offerings/new/", offerings.new_offering, name="new-offering"),
    path("base/offerings/<uuid:uid>/", offerings.offering, name="offering"),
    path("learn/<uuid:enrolment>/", study.continue_course, name="continue"),
    path("learn/<uuid:enrolment>/hours/", hours.hours, name="hours"),
    path("base/hours/<uuid:enrolment>/", hours.base_hours, name="base-hours"),
    path("learn/<uuid:enrolment>/update/", versions.update, name="update"),
    path("base/updates/", versions.releases, name="releases"),
    path(
        "learn/<uuid:enrolment>/<slug:item_uid>/captions/<int:number>.<str:language>.vtt",
        versions.captions,
        name="captions",
    ),
    path("learn/<uuid:enrolment>/<slug:item_uid>/notes/", notes.notes, name="notes"),
    path("learn/<uuid:enrolment>/<slug:item_uid>/discussion/", discussion.discussion, name="discussion"),
    path("discussion/<uuid:thread>/", discussion.thread, name="question"),
    path("discussion/<uuid:thread>/accept/", discussion.accept, name="accept-answer"),
    path("discussion/<uuid:thread>/moderate/", discussion.moderate, name="moderate"),
    path("base/moderation/", discussion.queue, name="moderation"),
    path("base/announcements/", announcements.announcements, name="announcements"),
    path("me/announcements/", announcements.mine, name="my-announcements"),
    path("me/calendar/", calendar.mine, name="my-calendar"),
    path("me/practice/", practice.mine, name="my-practice"),
    path("me/practice/new/", practice.new, name="new-practice"),
    path("me/practice/records/<uuid:uid>/", practice.record, name="my-practice-record"),
    path("practice/evidence/<uuid:uid>/", supervising.evidence, name="practice-evidence"),
    path("base/practice/", supervising.queue, name="base-practice"),
    path("base/practice/<uuid:uid>/", supervising.record, name="base-practice-record"),
    path("learn/<uuid:enrolment>/<slug:item_uid>/", study.lesson, name="lesson"),
]
api_urlpatterns: list[URLPattern | URLResolver] = [
    path("study/leases", Leases.as_view(), name="study-leases"),
    path("study/notes", Notes.as_view(), name="study-notes"),
    path("study/places", Places.as_view(), name="study-places"),
    path("study/intervals", Intervals.as_view(), name="study-intervals"),
    path("study/presence", Presence.as_view(), name="study-presence"),
]
machine_urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/<slug:key>.ics", calendar.feed, name="calendar-feed"),
]
