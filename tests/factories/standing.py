"""Confirmed work, with the people who confirmed it; made by the verbs that make it."""

from datetime import datetime
from typing import Any

from lms.cohorts.enums import Role
from lms.credits.models import AnnualReturn, Claim, CreditPaper
from lms.credits.services.confirming import confirm_claim
from lms.credits.services.papers import make_paper, order_for
from lms.credits.services.returns import begin_return, hand_in_return, write_return
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import handed_in_claim
from tests.factories.cohorts import RoleGrantFactory


def confirmers(organisation: Any, number: int = 2) -> list[Any]:
    """Managers of an organisation who can confirm what it is handed."""
    users = [PersonFactory().user for _one in range(number)]
    for user in users:
        RoleGrantFactory(user=user, organisation=organisation, role=Role.BASE_MANAGER)
    return users


def confirmed_claim(
    place: Any, rule: str = "contract-registered", *, by: Any = None, now: datetime = BEGINNING, **said: Any
) -> Claim:
    """A claim that as many people as it needs have confirmed; its points are posted."""
    claim = handed_in_claim(place, rule, now=now, **said)
    for user in by or confirmers(place.cohort.organisation):
        claim.refresh_from_db()
        if claim.state == "confirmed":
            break
        confirm_claim(
            claim=claim,
            user=user,
            verification="document-checked",
            revision=claim.revision,
            words="核对了证明",
            now=now,
        )
    claim.refresh_from_db()
    return claim


def draft_return(place: Any, *, year: int = 2026, now: datetime = BEGINNING) -> AnnualReturn:
    """A return as it was filled in from the ledger."""
    return begin_return(person=place.person, organisation=place.cohort.organisation, year=year, now=now)


def handed_in_return(place: Any, *, year: int = 2026, now: datetime = BEGINNING, **said: Any) -> AnnualReturn:
    """A return that was completed and handed in."""
    draft = draft_return(place, year=year, now=now)
    words = {"employer": "岚川技术转移中心", "post": "技术经纪人", "consent": True, **said}
    written = write_return(annual=draft, said=words, revision=draft.revision, now=now)
    return hand_in_return(annual=written, revision=written.revision, actor="user:1", now=now)


def printed_paper(
    person: Any, kind: Any, *, language: str = "zh-hans", now: datetime = BEGINNING, **more: Any
) -> CreditPaper:
    """A paper that was really printed."""
    return make_paper(order=order_for(person=person, kind=kind, language=language, now=now, **more), now=now)
