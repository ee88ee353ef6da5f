from datetime import timedelta

from lms.credits.models import AuditSample
from lms.credits.services.claiming import appeal
from lms.credits.services.confirming import confirm_claim
from lms.credits.services.judging import reject_claim
from tests.factories.accounts import BEGINNING
from tests.factories.judged import confirmed, confirmer_at, proposed_violation, small_claim

from .rows import Row, cells
from .world import Base

LATER = BEGINNING + timedelta(days=1)


def build(base: Base) -> None:
    """Of each sort one thing that waits: a claim, an appeal, a sample, a violation; and a violation that stands."""
    place = base.trainee.memberships.get(cohort=base.cohort)
    first, second = confirmer_at(base.organisation), confirmer_at(base.organisation)
    base.things["credit_desk.claim"] = small_claim(place=place, title="等核定的需求")
    turned_down = small_claim(place=place, title="被否决的需求")
    reject_claim(claim=turned_down, user=first, reason="不是本人", revision=turned_down.revision, now=BEGINNING)
    base.things["credit_desk.appeal"] = appeal(
        claim=turned_down, user=base.trainee.user, reason="有走访记录", now=LATER
    )
    done = confirmed(small_claim(place=place, title="已核定的需求"), first).claim
    base.things["credit_desk.sample"] = AuditSample.objects.create(
        claim=done, draw="a" * 64, seed="b" * 64, drawn_at=LATER
    )
    base.things["credit_desk.violation"] = proposed_violation(place, first)
    lost = proposed_violation(place, first)
    confirm_claim(claim=lost, user=second, verification="organisation-confirmed", revision=lost.revision, now=BEGINNING)
    base.things["credit_desk.lost"] = lost


def _url(place: str, thing: str):
    return lambda base: f"/desk/credits/{place}/{base.things[f'credit_desk.{thing}'].uid}/"


def _revision(thing: str, **said: str):
    def sent(base: Base) -> dict[str, object]:
        claim = base.things[f"credit_desk.{thing}"]
        claim.refresh_from_db()
        return {"revision": claim.revision, **said}

    return sent


# Those who decide anywhere, and the authority above them, read lists; a verifier works for the association.
READERS = cells("login 403 403 403 200 200 200 200 200")
CONFIRMERS = cells("login 403 403 403 200 200 200 403 200")
SEEN = cells("login 404 404 404 200 200 404 200 200")
FOREIGN = cells("login 404 404 404 404 404 404 404 200")
# The authority reads and does not confirm.
CONFIRMED = cells("login 404 404 404 302 302 404 403 302")
# Appeals are for certifiers and the authority.
DECIDED = cells("login 404 404 404 403 302 404 302 302")
FOREIGN_SENT_ON = cells("login 404 404 404 404 404 404 404 302")

ROWS = [
    Row("credits:desk-claims", lambda base: "/desk/credits/claims/", READERS),
    Row("credits:desk-claim", _url("claims", "claim"), SEEN, FOREIGN),
    Row(
        "credits:desk-claim",
        _url("claims", "claim"),
        CONFIRMED,
        FOREIGN_SENT_ON,
        method="post",
        data=_revision("claim", action="confirm", verification="document-checked", words="走访记录"),
    ),
    Row(
        "credits:desk-claims-bulk",
        lambda base: "/desk/credits/claims/bulk/",
        # What somebody does not read is not there to be confirmed; they are sent back to the list.
        cells("login 403 403 403 200 200 302 403 200"),
        cells("login 403 403 403 302 302 302 403 200"),
        method="post",
        data=lambda base: {"claim": str(base.things["credit_desk.claim"].uid)},
    ),
    Row("credits:desk-appeals", lambda base: "/desk/credits/appeals/", READERS),
    Row("credits:desk-appeal", _url("appeals", "appeal"), SEEN, FOREIGN),
    Row(
        "credits:desk-appeal",
        _url("appeals", "appeal"),
        DECIDED,
        FOREIGN_SENT_ON,
        method="post",
        data=lambda base: {"uphold": "yes", "answer": "记录属实"},
    ),
    Row("credits:desk-samples", lambda base: "/desk/credits/samples/", READERS),
    Row("credits:desk-sample", _url("samples", "sample"), SEEN, FOREIGN),
    Row(
        "credits:desk-sample",
        _url("samples", "sample"),
        CONFIRMED,
        FOREIGN_SENT_ON,
        method="post",
        data=lambda base: {"passed": "yes", "finding": "材料齐全"},
    ),
    Row("credits:desk-violations", lambda base: "/desk/credits/violations/", READERS),
    Row("credits:desk-violation-new", lambda base: "/desk/credits/violations/new/", CONFIRMERS),
    Row("credits:desk-violation", _url("violations", "violation"), SEEN, FOREIGN),
    Row(
        "credits:desk-violation",
        _url("violations", "violation"),
        CONFIRMED,
        FOREIGN_SENT_ON,
        method="post",
        data=_revision("violation", action="confirm"),
    ),
    Row("credits:desk-grant", lambda base: "/desk/credits/grant/", CONFIRMERS),
    Row(
        "credits:violation",
        lambda base: f"/me/credits/violations/{base.things['credit_desk.lost'].uid}/",
        # It concerns the person alone; those who decide have a page of their own.
        cells("login 200 404 404 404 404 404 404 404"),
        cells("login 404 404 404 404 404 404 404 404"),
    ),
]
