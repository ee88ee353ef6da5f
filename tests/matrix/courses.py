from datetime import date

from courses.enums import EnrolmentState, ItemState
from courses.services.calendars import open_feed
from courses.services.enrolling import move
from courses.services.leases import grant_lease, token_of
from tests.courses.study import lease_until_asked
from tests.factories.accounts import BEGINNING
from tests.factories.courses import (
    OfferingFactory,
    application_of,
    asked,
    enrolment_of,
    filmed_enrolment,
    published_course,
)
from tests.factories.practice import draft_of, handed_in

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """The trainee of the base studies one course and has completed another; a third waits to be taken up."""
    studying = enrolment_of(base.trainee, published_course(organisation=base.organisation))
    done = enrolment_of(base.trainee, published_course(organisation=base.organisation, lessons=1))
    done.items.create(
        item_uid="item-1",
        covered=[[0, 120]],
        covered_s=120,
        declared_s=120,
        state=ItemState.COMPLETE,
        last_at=BEGINNING,
        completed_at=BEGINNING,
    )
    move(enrolment=done, to=EnrolmentState.COMPLETED, actor="test", reason="", now=BEGINNING)
    base.things["courses.thread"] = asked(studying)
    base.things["courses.practice"] = handed_in(studying)
    base.things["courses.practice_draft"] = draft_of(studying)
    base.things["courses.enrolment"] = studying
    base.things["courses.filmed"] = filmed_enrolment(base.trainee, organisation=base.organisation)
    base.things["courses.done"] = done
    base.things["courses.course"] = published_course(organisation=base.organisation)
    offered = published_course(organisation=base.organisation)
    base.things["courses.offering"] = OfferingFactory(course=offered, needs_approval=True, ends_on=date(2099, 1, 1))
    asked_for = OfferingFactory(course=offered, documents=["degree"], ends_on=date(2099, 1, 1))
    base.things["courses.application"] = application_of(base.trainee, asked_for)


def _lesson(base: Base) -> str:
    return f"/learn/{base.things['courses.enrolment'].uid}/item-1/"


def _lease(base: Base) -> dict[str, object]:
    return {"enrolment": str(base.things["courses.enrolment"].uid), "item_uid": "item-1"}


def _thread(base: Base, act: str = "") -> str:
    return f"/discussion/{base.things['courses.thread'].uid}/{act}"


def _note(base: Base) -> dict[str, object]:
    return {**_lease(base), "text": "记一笔", "seen": 0}


def _place(base: Base) -> dict[str, object]:
    return {**_lease(base), "place": 420}


def _presence(base: Base) -> dict[str, object]:
    """An answer to a question that fell due; long after its time, which is an answer all the same."""
    lease, _due = lease_until_asked(base.things["courses.enrolment"], BEGINNING)
    return {"lease": token_of(lease), "challenge_no": lease.challenge_no}


def _interval(base: Base) -> dict[str, object]:
    enrolment = base.things["courses.enrolment"]
    lease = enrolment.leases.first()
    if lease is None:
        lease = grant_lease(enrolment=enrolment, item_uid="item-1", now=BEGINNING).lease
    return {"lease": token_of(lease), "client_seq": 0, "start_s": 0, "end_s": 15}


ROWS = [
    Row("courses:catalogue", lambda base: "/courses/", cells("200 200 200 200 200 200 200 200 200")),
    Row(
        "courses:apply",
        lambda base: (
            f"/courses/{base.things['courses.offering'].course.code}/apply/{base.things['courses.offering'].uid}/"
        ),
        own=cells("login 200 200 200 200 200 200 200 200"),
        foreign=cells("login 200 200 200 200 200 200 200 200"),
    ),
    Row("courses:my-applications", lambda base: "/me/applications/", cells("login 200 200 200 200 200 200 200 200")),
    Row(
        "courses:my-application",
        lambda base: f"/me/applications/{base.things['courses.application'].uid}/",
        own=cells("login 200 404 404 404 404 404 404 404"),
        foreign=cells("login 404 404 404 404 404 404 404 404"),
    ),
    Row(
        "courses:application-document",
        lambda base: f"/applications/papers/{base.things['courses.application'].documents.get().uid}/",
        own=cells("login 200 404 404 200 404 404 404 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:base-applications",
        lambda base: "/base/applications/",
        cells("login 403 403 403 200 403 403 403 200"),
    ),
    Row(
        "courses:base-application",
        lambda base: f"/base/applications/{base.things['courses.application'].uid}/",
        own=cells("login 403 404 403 200 403 404 403 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row("courses:offerings", lambda base: "/base/offerings/", cells("login 403 403 403 200 403 403 403 200")),
    Row("courses:new-offering", lambda base: "/base/offerings/new/", cells("login 403 403 403 200 403 403 403 200")),
    Row(
        "courses:offering",
        lambda base: f"/base/offerings/{base.things['courses.offering'].uid}/",
        own=cells("login 404 404 404 200 404 404 404 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:enrol",
        lambda base: f"/courses/{base.things['courses.course'].code}/enrol/",
        own=cells("login 200 200 200 200 200 200 200 200"),
        foreign=cells("login 200 200 200 200 200 200 200 200"),
    ),
    Row(
        "courses:lesson",
        _lesson,
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:continue",
        lambda base: f"/learn/{base.things['courses.done'].uid}/",
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "api:study-leases",
        lambda base: "/api/v1/study/leases",
        own=cells("403 201 404 403 403 403 404 403 403"),
        foreign=cells("403 404 404 404 404 404 404 404 403"),
        method="post",
        data=_lease,
        as_json=True,
    ),
    Row(
        "courses:hours",
        lambda base: f"/learn/{base.things['courses.enrolment'].uid}/hours/",
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:base-hours",
        lambda base: f"/base/hours/{base.things['courses.enrolment'].uid}/",
        own=cells("login 404 404 404 200 404 404 404 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "api:study-presence",
        lambda base: "/api/v1/study/presence",
        own=cells("403 200 404 404 404 404 404 404 404"),
        foreign=cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        data=_presence,
        as_json=True,
    ),
    Row(
        "api:study-intervals",
        lambda base: "/api/v1/study/intervals",
        own=cells("403 200 404 404 404 404 404 404 404"),
        foreign=cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        data=_interval,
        as_json=True,
    ),
    Row(
        "courses:notes",
        lambda base: f"{_lesson(base)}notes/",
        own=cells("login 200 404 404 404 404 404 404 404"),
        foreign=cells("login 404 404 404 404 404 404 404 404"),
    ),
    Row(
        "api:study-notes",
        lambda base: "/api/v1/study/notes",
        own=cells("403 200 404 404 404 404 404 404 404"),
        foreign=cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        data=_note,
        as_json=True,
    ),
    Row(
        "api:study-places",
        lambda base: "/api/v1/study/places",
        own=cells("403 200 404 404 404 404 404 404 404"),
        foreign=cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        data=_place,
        as_json=True,
    ),
    Row(
        "courses:update",
        lambda base: f"/learn/{base.things['courses.enrolment'].uid}/update/",
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:captions",
        lambda base: f"/learn/{base.things['courses.filmed'].uid}/item-1/captions/1.en.vtt",
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row("courses:releases", lambda base: "/base/updates/", cells("login 403 403 403 200 403 403 403 200")),
    Row(
        "courses:discussion",
        lambda base: f"{_lesson(base)}discussion/",
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:question",
        _thread,
        own=cells("login 200 404 200 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "courses:accept-answer",
        lambda base: _thread(base, "accept/"),
        own=cells("login 302 404 302 302 403 404 403 302"),
        foreign=cells("login 404 404 404 404 404 404 404 302"),
        method="post",
    ),
    Row(
        "courses:moderate",
        lambda base: _thread(base, "moderate/"),
        own=cells("login 403 404 302 302 403 404 403 302"),
        foreign=cells("login 404 404 404 404 404 404 404 302"),
        method="post",
        data=lambda base: {"to": "published"},
    ),
    Row("courses:moderation", lambda base: "/base/moderation/", cells("login 403 403 200 200 403 403 403 200")),
    Row("courses:announcements", lambda base: "/base/announcements/", cells("login 403 403 200 200 403 403 403 200")),
    Row("courses:my-announcements", lambda base: "/me/announcements/", cells("login 200 200 200 200 200 200 200 200")),
    Row("courses:my-calendar", lambda base: "/me/calendar/", cells("login 200 200 200 200 200 200 200 200")),
    Row(
        "calendar-feed",
        lambda base: f"/calendar/{open_feed(person=base.trainee, now=BEGINNING).key}.ics",
        cells("200 200 200 200 200 200 200 200 200"),
        cells("200 200 200 200 200 200 200 200 200"),
    ),
    Row("courses:my-practice", lambda base: "/me/practice/", cells("login 200 200 200 200 200 200 200 200")),
    Row("courses:new-practice", lambda base: "/me/practice/new/", cells("login 200 200 200 200 200 200 200 200")),
    Row(
        "courses:my-practice-record",
        lambda base: f"/me/practice/records/{base.things['courses.practice_draft'].uid}/",
        own=cells("login 200 404 404 404 404 404 404 404"),
        foreign=cells("login 404 404 404 404 404 404 404 404"),
    ),
    Row(
        "courses:practice-evidence",
        lambda base: f"/practice/evidence/{base.things['courses.practice'].evidence.get().uid}/",
        own=cells("login 200 404 200 200 404 404 404 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row("courses:base-practice", lambda base: "/base/practice/", cells("login 403 403 200 200 403 403 403 200")),
    Row(
        "courses:base-practice-record",
        lambda base: f"/base/practice/{base.things['courses.practice'].uid}/",
        own=cells("login 403 404 200 200 403 404 403 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
]
