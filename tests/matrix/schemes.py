from datetime import UTC, datetime

from lms.schemes.services.drafting import draft_from
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import UserFactory

from .rows import Row, cells
from .world import Base

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
WRITERS = cells("login 403 403 403 403 403 403 403 200")
SENT_ON = cells("login 403 403 403 403 403 403 403 302")


def build(base: Base) -> None:
    """Rules belong to no base: one version in force, and a draft of the next."""
    version = load_scheme("ttm-2026-4", now=NOW)
    writer = UserFactory(is_superuser=True)
    base.things["schemes.version"] = version
    base.things["schemes.draft"] = draft_from(version=version, drafted_by=writer, now=NOW)


def _draft(base: Base) -> str:
    return f"/desk/schemes/{base.things['schemes.draft'].pk}/"


ROWS = [
    Row("schemes:versions", lambda base: "/desk/schemes/", WRITERS),
    Row("schemes:version", _draft, WRITERS),
    Row(
        "schemes:draft",
        lambda base: f"/desk/schemes/{base.things['schemes.version'].pk}/draft/",
        SENT_ON,
        method="post",
    ),
    Row("schemes:facts", lambda base: f"{_draft(base)}facts/", WRITERS),
    Row("schemes:study-rules", lambda base: f"{_draft(base)}study-rules/", WRITERS),
    Row("schemes:differences", lambda base: f"{_draft(base)}differences/", WRITERS),
    Row("schemes:publish", lambda base: f"{_draft(base)}publish/", SENT_ON, method="post"),
    Row("schemes:add-rule", lambda base: f"{_draft(base)}junior/rules/add/?kind=leaf", WRITERS),
    Row("schemes:rule", lambda base: f"{_draft(base)}junior/rules/1-0/", WRITERS),
    Row("schemes:renewal", lambda base: f"{_draft(base)}junior/renewal/", WRITERS),
    Row("schemes:add-renewal-rule", lambda base: f"{_draft(base)}junior/renewal/renewal/add/?kind=leaf", WRITERS),
    Row("schemes:renewal-rule", lambda base: f"{_draft(base)}junior/renewal/reinstatement/0/", WRITERS),
    Row("schemes:add-topic", lambda base: f"{_draft(base)}junior/topics/add/", WRITERS),
    Row("schemes:topic", lambda base: f"{_draft(base)}junior/topics/ip-basics/", WRITERS),
]
