from lms.credits.models import RulesTrial
from tests.conftest import NOON
from tests.factories.accounts import UserFactory
from tests.factories.credit_rules import drafted

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """A draft of the base's own rules, with a dry run that somebody has asked for."""
    writer = UserFactory(is_superuser=True)
    draft = drafted(organisation=base.organisation, user=writer, now=NOON)
    base.things["credits.rules"] = draft
    base.things["credits.trial"] = RulesTrial.objects.create(
        rules=draft, revision=0, asked_by=writer, asked_at=NOON, finished_at=NOON
    )


def _draft(base: Base) -> str:
    return f"/desk/credits/rules/{base.things['credits.rules'].uid}/"


def _trial(base: Base) -> str:
    return f"/desk/credits/rules/trials/{base.things['credits.trial'].uid}/"


def _revision(base: Base) -> dict[str, object]:
    base.things["credits.rules"].refresh_from_db()
    return {"revision": base.things["credits.rules"].revision}


EVERYBODY = cells("login 200 200 200 200 200 200 200 200")
# Those who read claims anywhere read the versions that they may see; an association's verifier works elsewhere.
READERS = cells("login 403 403 403 200 200 200 200 200")
SEEN = cells("login 403 403 403 200 200 404 200 200")
CHANGED = cells("login 403 403 403 200 403 404 403 200")
SENT_ON = cells("login 403 403 403 302 403 404 403 302")
FOREIGN = cells("login 403 403 403 404 404 404 404 200")
FOREIGN_SENT_ON = cells("login 403 403 403 404 404 404 404 302")

ROWS = [
    Row("credits:rules", lambda base: "/me/credits/rules/", EVERYBODY),
    Row("credits:desk-rules", lambda base: "/desk/credits/rules/", READERS),
    Row("credits:desk-rules-version", _draft, SEEN, FOREIGN),
    Row("credits:desk-rules-differences", lambda base: f"{_draft(base)}differences/", SEEN, FOREIGN),
    Row("credits:desk-rules-file", lambda base: f"{_draft(base)}file/", SEEN, FOREIGN),
    Row("credits:desk-rules-trial", _trial, SEEN, FOREIGN),
    Row("credits:desk-rules-trial-file", lambda base: f"{_trial(base)}changes.csv", SEEN, FOREIGN),
    Row("credits:desk-rules-facts", lambda base: f"{_draft(base)}facts/", CHANGED, FOREIGN),
    Row("credits:desk-rules-terms", lambda base: f"{_draft(base)}terms/", CHANGED, FOREIGN),
    Row("credits:desk-rules-kind", lambda base: f"{_draft(base)}kinds/match/", CHANGED, FOREIGN),
    Row(
        "credits:desk-rules-try",
        lambda base: f"{_draft(base)}try/",
        SENT_ON,
        FOREIGN_SENT_ON,
        method="post",
        data=_revision,
    ),
    Row(
        "credits:desk-rules-publish",
        lambda base: f"{_draft(base)}publish/",
        SENT_ON,
        FOREIGN_SENT_ON,
        method="post",
        data=lambda base: {**_revision(base), "reason": "接续试行"},
    ),
    # A revision that never was: whoever may throw it away is told that the draft has changed.
    Row(
        "credits:desk-rules-discard",
        lambda base: f"{_draft(base)}discard/",
        SENT_ON,
        FOREIGN_SENT_ON,
        method="post",
        data=lambda base: {"revision": 999},
    ),
]
