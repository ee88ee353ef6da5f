from tests.factories.accounts import BEGINNING
from tests.factories.claims import draft_claim, handed_in_claim
from tests.factories.cohorts import MembershipFactory

from .rows import Row, cells
from .world import Base

EVERYBODY = cells("login 200 200 200 200 200 200 200 200")
NOBODY = cells("login 404 404 404 404 404 404 404 404")


def build(base: Base) -> None:
    place = MembershipFactory(cohort=base.cohort)
    own = base.trainee.memberships.get(cohort=base.cohort)
    base.things["credits.claim"] = handed_in_claim(own, now=BEGINNING)
    base.things["credits.draft"] = draft_claim(own, now=BEGINNING)
    # Somebody else's claim at the same base, in which the trainee has a share.
    shared = handed_in_claim(place, partners=[(base.trainee, 40)], agreed=False, now=BEGINNING)
    base.things["credits.share"] = shared.shares.get(person=base.trainee)


ROWS = [
    Row("credits:claims", lambda base: "/me/credits/claims/", EVERYBODY),
    Row("credits:claim-new", lambda base: "/me/credits/claims/new/", EVERYBODY),
    Row(
        "credits:claim",
        lambda base: f"/me/credits/claim/{base.things['credits.claim'].uid}/",
        # The page of whoever claims; those who decide have a page of their own.
        cells("login 200 404 404 404 404 404 404 404"),
        NOBODY,
    ),
    Row(
        "credits:claim",
        lambda base: f"/me/credits/claim/{base.things['credits.claim'].uid}/",
        cells("login 302 404 404 404 404 404 404 404"),
        NOBODY,
        method="post",
        data=lambda base: {"withdraw": "1"},
    ),
    Row(
        "credits:share",
        lambda base: f"/me/credits/shares/{base.things['credits.share'].uid}/",
        cells("login 200 404 404 404 404 404 404 404"),
        NOBODY,
    ),
    Row(
        "credits:share",
        lambda base: f"/me/credits/shares/{base.things['credits.share'].uid}/",
        cells("login 302 404 404 404 404 404 404 404"),
        NOBODY,
        method="post",
        data=lambda base: {
            "answer": "agree",
            "revision": base.things["credits.share"].claim.revision,
            "reason": "",
        },
    ),
    Row(
        "credits:claim-file",
        lambda base: f"/me/credits/claim-files/{base.things['credits.claim'].evidence.get().uid}/",
        # A trainer reads no claims, and the verifier of an association those of the association alone.
        cells("login 200 404 404 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "credits:claim-file",
        lambda base: f"/me/credits/claim-files/{base.things['credits.draft'].evidence.get().uid}/",
        # What is not handed in yet is its owner's alone.
        cells("login 200 404 404 404 404 404 404 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
]
