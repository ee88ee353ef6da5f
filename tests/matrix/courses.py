from courses.enums import EnrolmentState, ItemState
from courses.services.enrolling import move
from courses.services.leases import grant_lease, token_of
from tests.factories.accounts import BEGINNING
from tests.factories.courses import enrolment_of, published_course

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
    base.things["courses.enrolment"] = studying
    base.things["courses.done"] = done
    base.things["courses.course"] = published_course(organisation=base.organisation)


def _lesson(base: Base) -> str:
    return f"/learn/{base.things['courses.enrolment'].uid}/item-1/"


def _lease(base: Base) -> dict[str, object]:
    return {"enrolment": str(base.things["courses.enrolment"].uid), "item_uid": "item-1"}


def _interval(base: Base) -> dict[str, object]:
    enrolment = base.things["courses.enrolment"]
    lease = enrolment.leases.first()
    if lease is None:
        lease, _progress = grant_lease(enrolment=enrolment, item_uid="item-1", now=BEGINNING)
    return {"lease": token_of(lease), "client_seq": 0, "start_s": 0, "end_s": 15}


ROWS = [
    Row("courses:catalogue", lambda base: "/courses/", cells("200 200 200 200 200 200 200 200 200")),
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
        "api:study-intervals",
        lambda base: "/api/v1/study/intervals",
        own=cells("403 200 404 404 404 404 404 404 404"),
        foreign=cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        data=_interval,
        as_json=True,
    ),
]
