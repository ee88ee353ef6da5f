"""Credit claims made by the verbs that make them; firms and people are invented."""

import io
from datetime import date, datetime
from functools import cache
from itertools import count
from typing import Any

import pikepdf

from lms.credits.models import Claim
from lms.credits.services.claiming import add_evidence, begin_claim, hand_in_claim, set_shares, write_claim
from lms.credits.services.shares import Part, answer_share
from lms.records.services.papers import Paper, read_paper
from tests.factories.accounts import BEGINNING
from tests.factories.cohorts import CohortFactory, MembershipFactory

DAY = date(2026, 8, 20)
_numbers = count(1)
OWN = "八月十二日起谈付款条件，二十日陪双方去登记。"
SAID: dict[str, dict[str, str]] = {
    "demand-filed": {
        "firm": "砺石铸造",
        "problem": "周一第一炉气孔多",
        "metric": "气孔废品率百分之六",
        "target": "百分之二以下",
        "budget_to": "300000",
        "deadline": "2027-06-30",
        "own_part": OWN,
    },
    "contract-registered": {
        "name": "测湿装置试用合同",
        "contract_kind": "service",
        "parties": "砺石铸造（委托方）；岚川理工学院（受托方）",
        "amount": "120000.50",
        "signed_on": "2026-08-20",
        "own_part": OWN,
    },
    "mentoring": {"mentee": "新入职的需求专员", "class_hours": "4", "work": "两次走访、一份需求书"},
}


@cache
def proof(name: str = "登记证明.pdf", pages: int = 1) -> Paper:
    """A real PDF, the same document each time; another number of pages makes it another."""
    kept = io.BytesIO()
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    document.save(kept)
    return read_paper(name=name, content=kept.getvalue())


def claimant_at(organisation: Any = None, **given: Any) -> Any:
    """Somebody with a place at a training base: a membership, with `person` and `cohort.organisation`."""
    cohort = CohortFactory(**({"organisation": organisation} if organisation else {}))
    return MembershipFactory(cohort=cohort, **given)


def said_for(rule: str, **fields: str) -> dict[str, str]:
    """What a whole claim under the rule says; contracts are numbered."""
    number = {"registration_number": f"2026-LC-{next(_numbers):06d}"} if rule == "contract-registered" else {}
    return {**SAID[rule], **number, **fields}


def draft_claim(
    place: Any = None,
    rule: str = "contract-registered",
    *,
    partners: Any = (),
    now: datetime = BEGINNING,
    title: str = "测湿装置试用合同",
    occurred_on: date = DAY,
    origin: str = "",
    **fields: str,
) -> Claim:
    """A draft that could be handed in; partners are pairs of a person and a percentage."""
    place = place or claimant_at()
    claim = begin_claim(
        person=place.person,
        organisation=place.cohort.organisation,
        rule=rule,
        title=title,
        occurred_on=occurred_on,
        origin=origin,
        now=now,
    )
    claim = write_claim(
        claim=claim,
        title=title,
        occurred_on=occurred_on,
        fields=said_for(rule, **fields),
        interest="",
        no_interest=True,
        revision=claim.revision,
        now=now,
    )
    if partners:
        own = 100 - sum(percent for _person, percent in partners)
        parts = [Part(place.person, own, "谈判"), *(Part(person, percent, "走访") for person, percent in partners)]
        claim = set_shares(claim=claim, shares=parts, revision=claim.revision, now=now)
    return add_evidence(claim=claim, papers=[proof()], revision=claim.revision, now=now)


def handed_in_claim(*given: Any, agreed: bool = True, now: datetime = BEGINNING, **said: Any) -> Claim:
    """A claim that waits for confirmation; its partners have agreed unless said otherwise."""
    draft = draft_claim(*given, now=now, **said)
    actor = f"user:{draft.person.user_id}"
    claim = hand_in_claim(claim=draft, actor=actor, revision=draft.revision, now=now)
    if agreed:
        for share in claim.shares.filter(state="asked").select_related("person__user"):
            answer_share(share=share, user=share.person.user, agree=True, now=now)
    claim.refresh_from_db()
    return claim
