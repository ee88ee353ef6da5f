from tests.conftest import NOON
from tests.factories.jobs import JobFactory
from tests.factories.mailing import NoticeFactory

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """The trainee of the base was told something, which nobody else reads; and background work has failed."""
    base.things["jobs.failed"] = JobFactory(state="failed", ended_at=NOON)
    base.things["mailing.notice"] = NoticeFactory(user_id=base.trainee.user_id)


def _notice(base: Base) -> str:
    return f"/me/notices/{base.things['mailing.notice'].pk}/"


ROWS = [
    Row("desks:desk", lambda base: "/desk/", cells("login 200 200 200 200 200 200 200 200")),
    Row(
        "desks:retry-job",
        lambda base: f"/desk/jobs/{base.things['jobs.failed'].pk}/retry/",
        cells("login 403 403 403 403 403 403 403 302"),
        method="post",
    ),
    Row("desks:search", lambda base: "/desk/search/?q=学员", cells("login 200 200 200 200 200 200 200 200")),
    Row("desks:me", lambda base: "/me/", cells("login 200 200 200 200 200 200 200 200")),
    Row("desks:level", lambda base: "/me/level/junior/", cells("login 200 200 200 200 200 200 200 200")),
    Row("desks:notices", lambda base: "/me/notices/", cells("login 200 200 200 200 200 200 200 200")),
    Row("desks:notice-settings", lambda base: "/me/notices/settings/", cells("login 200 200 200 200 200 200 200 200")),
    Row(
        "desks:notices-read",
        lambda base: "/me/notices/read/",
        cells("login 302 302 302 302 302 302 302 302"),
        method="post",
    ),
    Row(
        "desks:notice",
        _notice,
        cells("login 302 404 404 404 404 404 404 404"),
        cells("login 404 404 404 404 404 404 404 404"),
    ),
    Row(
        "desks:notice-read",
        lambda base: f"{_notice(base)}read/",
        cells("login 302 404 404 404 404 404 404 404"),
        cells("login 404 404 404 404 404 404 404 404"),
        method="post",
    ),
]
