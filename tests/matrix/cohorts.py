from django.urls import reverse

from lms.cohorts.services.rosters.samples import samples
from lms.cohorts.services.rosters.uploads import keep_upload
from lms.kernel.clock import now
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """A manager of the base has uploaded a roster file."""
    manager = RoleGrantFactory(organisation=base.organisation, user=PersonFactory().user).user
    base.things["cohorts.upload"] = keep_upload(
        cohort=base.cohort,
        name="roster.xlsx",
        content=samples()[0].content,
        uploaded_by=manager,
        now=now(),
    )


def _at(name: str, base: Base) -> str:
    return reverse(f"cohorts:{name}", args=[base.cohort.code])


def _preview(base: Base) -> str:
    return reverse("cohorts:roster-preview", args=[base.cohort.code, base.things["cohorts.upload"].uid])


#                                anonymous trainee classmate trainer manager certifier verifier authority staff
MANAGERS_ONLY = cells("login 403 403 403 200 403 404 403 200")
NOT_THEIRS = cells("login 404 404 404 404 404 404 404 200")

ROWS = [
    Row(
        "cohorts:switch-role",
        lambda base: reverse("cohorts:switch-role"),
        cells("login 200 200 200 200 200 200 200 200"),
    ),
    Row(
        "cohorts:cohort",
        lambda base: _at("cohort", base),
        cells("login 403 403 200 200 200 404 200 200"),
        NOT_THEIRS,
    ),
    Row("cohorts:roster", lambda base: _at("roster", base), MANAGERS_ONLY, NOT_THEIRS),
    Row("cohorts:roster-template", lambda base: _at("roster-template", base), MANAGERS_ONLY, NOT_THEIRS),
    Row("cohorts:roster-preview", _preview, MANAGERS_ONLY, NOT_THEIRS),
]
