"""Contribution credits of the demonstration: claims at every step, and a board with people on it. Told once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lms.accounts.selectors.users import user_by_mail
from lms.credits.selectors.claims import claims_of
from lms.credits.services.boards import join_board
from lms.credits.services.claiming import (
    add_evidence,
    answer_share,
    appeal,
    begin_claim,
    hand_in_claim,
    set_shares,
    write_claim,
)
from lms.credits.services.confirming import confirm_claim
from lms.credits.services.judging import reject_claim, return_claim
from lms.credits.services.shares import WHOLE, Part
from lms.kernel.beijing import BEIJING
from lms.kernel.data_files import parse_yaml
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import facts_of_kind
from simulations.engine.chance import u01

from . import cast
from .offers import paper

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.credits.models import Claim

DATA = Path(__file__).resolve().parent / "data" / "credits.yaml"
SEED = "jiqiao-demo-credits"
PEOPLE_WITH_WORK, ON_THE_BOARD = 18, 9
LEVEL = "document-checked"
WORDS = "看过佐证文件，与填报一致"
TITLES = ("走访提出的技术需求", "车间节能改造的需求", "检测装置的需求", "材料替代的需求", "产线自动化的需求")


@dataclass(frozen=True)
class _Desk:
    """Who confirms at the base: two people, so that four eyes can look."""

    base: "Organisation"
    manager: "User"
    certifier: "User"


@transaction.atomic
def earn_credits(*, base: "Organisation", now: datetime) -> None:
    """Let the cast claim work at every step; nothing when they have done so before."""
    holder = user_by_mail(cast.HOLDER.email)
    manager, certifier = user_by_mail(cast.MANAGER.email), user_by_mail(cast.CERTIFIER.email)
    if holder is None or manager is None or certifier is None or claims_of(holder).exists():
        return
    desk = _Desk(base, manager, certifier)
    told = parse_yaml(DATA.read_text(encoding="utf-8"))
    for key, learner in (("holder", cast.HOLDER), ("trainee", cast.TRAINEE), ("sitting", cast.SITTING)):
        user = user_by_mail(learner.email)
        if user is not None:
            for entry in told[key]:
                _tell(user.person, entry, desk, now)


@transaction.atomic
def fill_the_board(*, base: "Organisation", now: datetime) -> None:
    """Let people who hold certificates have smaller work confirmed, and some of them be shown on the board."""
    manager, certifier = user_by_mail(cast.MANAGER.email), user_by_mail(cast.CERTIFIER.email)
    if manager is None or certifier is None:
        return
    desk = _Desk(base, manager, certifier)
    for place, person in enumerate(_certified(base)):
        if person.credit_claims.exists():
            continue
        for number, entry in enumerate(_small_work(place)):
            _tell(person, {**entry, "days": 20 + 9 * place + 31 * number}, desk, now)
        if place < ON_THE_BOARD:
            join_board(person=person, organisation=base, shown_as=person.real_name, now=now)


def _certified(base: "Organisation") -> "list[Person]":
    held = facts_of_kind(FactKind.CERTIFICATE).filter(value=1, person__memberships__cohort__organisation=base)
    people = {fact.person_id: fact.person for fact in held.select_related("person__user").order_by("person_id")}
    return [person for person in people.values() if person.user is not None][:PEOPLE_WITH_WORK]


def _small_work(place: int) -> Iterator[dict[str, Any]]:
    for number in range(1 + int(u01(SEED, place, "how-many") * 4)):
        yield {
            "rule": "demand-filed",
            "title": TITLES[int(u01(SEED, place, number, "title") * len(TITLES))],
            "to": "confirmed",
            "words": WORDS,
            "fields": {
                "firm": "汾川某装备企业（虚构）",
                "problem": "现有工序合格率不稳，原因没有数据。",
                "metric": "一次合格率",
                "target": "提高五个百分点并稳定一个季度",
                "budget_to": "200000",
                "deadline": 90,
                "own_part": "走访、取数和成文由本人完成。",
            },
        }


def _tell(person: "Person", entry: dict[str, Any], desk: _Desk, now: datetime) -> None:
    happened = now - timedelta(days=entry["days"])
    moment = happened + timedelta(days=1)
    day = happened.astimezone(BEIJING).date()
    claim = begin_claim(
        person=person, organisation=desk.base, rule=entry["rule"], title=entry["title"], occurred_on=day, now=moment
    )
    claim = write_claim(
        claim=claim,
        title=entry["title"],
        occurred_on=day,
        fields={name: _value(value, day) for name, value in entry["fields"].items()},
        interest="",
        no_interest=True,
        revision=claim.revision,
        now=moment,
    )
    claim = add_evidence(claim=claim, papers=[paper("佐证.pdf")], revision=claim.revision, now=moment)
    partner = _partner(claim, entry, moment)
    if entry["to"] == "draft":
        return
    claim.refresh_from_db()
    claim = hand_in_claim(claim=claim, actor=f"user:{person.user_id}", revision=claim.revision, now=moment)
    if partner and partner.user and entry["to"] != "submitted":
        share = claim.shares.get(person=partner)
        answer_share(share=share, user=partner.user, agree=True, reason="", now=moment + timedelta(hours=5))
    claim.refresh_from_db()
    _judge(claim, entry, desk, moment + timedelta(days=2))


def _partner(claim: "Claim", entry: dict[str, Any], now: datetime) -> "Person | None":
    if "partner" not in entry:
        return None
    user = user_by_mail(cast.TRAINEE.email)
    if user is None:
        return None
    theirs = Decimal(entry["partner"])
    shares = [Part(claim.person, WHOLE - theirs, ""), Part(user.person, theirs, entry["partner_part"])]
    set_shares(claim=claim, shares=shares, revision=claim.revision, now=now)
    return user.person


def _judge(claim: "Claim", entry: dict[str, Any], desk: _Desk, now: datetime) -> None:
    revision = claim.revision
    match entry["to"]:
        case "confirmed":
            level = entry.get("verification", LEVEL)
            confirm_claim(
                claim=claim, user=desk.manager, verification=level, words=entry["words"], revision=revision, now=now
            )
            if "second_words" in entry:
                claim.refresh_from_db()
                confirm_claim(
                    claim=claim,
                    user=desk.certifier,
                    verification=level,
                    words=entry["second_words"],
                    revision=claim.revision,
                    now=now + timedelta(days=1),
                )
        case "returned":
            return_claim(claim=claim, user=desk.manager, reason=entry["words"], revision=revision, now=now)
        case "rejected" if claim.person.user:
            rejected = reject_claim(claim=claim, user=desk.manager, reason=entry["words"], revision=revision, now=now)
            appeal(claim=rejected, user=claim.person.user, reason=entry["appeal"], now=now + timedelta(days=3))


def _value(value: Any, day: date) -> str:
    """Whole numbers are days from the day of the work, as ISO text."""
    return (day + timedelta(days=value)).isoformat() if isinstance(value, int) else str(value)
