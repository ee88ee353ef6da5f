"""The two gates of a portfolio: experts judge the substance by a rubric, then a registrar looks at the papers."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lms.credits.enums import PortfolioState
from lms.credits.models import Portfolio
from lms.credits.policies import can_register
from lms.credits.selectors.portfolios import OURS, expert_outcome, portfolio_rules, script_source
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.marking.enums import RoundState
from lms.marking.services.rounds import open_round
from lms.marking.services.rubrics import keep_rubric
from lms.marking.services.scripts import receive_script, seal
from lms.records.services import audit
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import current_version, level_of
from lms.schemes.services.facts import record_fact

from .portfolio_telling import ask_registrars, tell_owner
from .portfolios import EDITABLE, PortfolioSettled, content_hash, held_portfolio, move, require_whole

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.marking.models import MarkingRound, Outcome

PERCENT = Decimal("0.01")


class MayNotRegister(NotAllowed):
    """Whoever had a hand in the work or in its marks does not check its papers."""

    code = "may-not-register"
    message = _(
        "Only a certifier of this organisation checks the papers, and nobody who has a share in the work, "
        "marked it, or put it forward."
    )


class NotAtThisGate(Conflict):
    """Somebody was faster, or the experts are not through."""

    code = "portfolio-not-at-gate"
    message = _("This portfolio does not wait for the registrar: %(state)s.")


class ChecksMissing(Refusal):
    """What is recognised is in order in every point."""

    code = "portfolio-checks-missing"
    message = _("A portfolio is recognised when every point of the list is in order. If one is not, send it back.")


class PortfolioReason(Refusal):
    """Its owner has to know why."""

    code = "portfolio-reason"
    message = _("Say what is not in order; the person reads it.")


@transaction.atomic
def hand_in_portfolio(*, portfolio: Portfolio, actor: "User", now: datetime) -> Portfolio:
    """Give the portfolio to the experts; one that came back unchanged in substance goes to the registrar again."""
    held = held_portfolio(portfolio.pk)
    if held.state not in EDITABLE:
        raise PortfolioSettled(state=held.get_state_display())
    require_whole(held)
    content = content_hash(held)
    judged = held.events.filter(to_state=PortfolioState.SUBSTANTIVE).order_by("-pk").first()
    if judged and judged.checked.get("content") == content and expert_outcome(held):
        move(held, to=PortfolioState.PROCEDURAL, actor=actor, now=now, checked={"content": content})
        ask_registrars(held, now)
        return held
    held.points = held.of_points = None
    move(held, to=PortfolioState.SUBSTANTIVE, actor=actor, now=now, checked={"content": content})
    _hand_to_experts(held, now)
    return held


def _hand_to_experts(portfolio: Portfolio, now: datetime) -> None:
    rules = portfolio_rules()
    rubric = keep_rubric(
        organisation=portfolio.organisation,
        code=rules.code,
        title=rules.title,
        title_en=rules.title_en,
        criteria=rules.marking,
        now=now,
    )
    receive_script(
        round=_round(portfolio, now),
        source=script_source(portfolio),
        person_id=portfolio.person_id,
        rubric_version=rubric,
        prompt=_prompt(portfolio),
        text=_told(portfolio),
        now=now,
    )


def _round(portfolio: Portfolio, now: datetime) -> "MarkingRound":
    """The organisation's open round for portfolios of this level; after one that was closed another."""
    level, rules, number = level_of(current_version(now), portfolio.level), portfolio_rules(), 1
    while True:
        found = open_round(
            organisation=portfolio.organisation,
            source=f"credits.portfolios:{portfolio.organisation_id}:{portfolio.level}:{number}",
            title=f"{level.name} · {rules.title}",
            title_en=f"{level.name_en} · {rules.title_en}",
            now=now,
        )
        if found.state == RoundState.OPEN:
            return found
        number += 1


def _prompt(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "schema": 1,
        "stem": "请按细则评审这份业绩集：先看概述，再逐项看业绩；每项都写明本人作用。",
        "stem_en": "Judge by the rubric: the overview first, then piece by piece, each with the own part.",
        "limit": portfolio_rules().overview.most,
    }


def _told(portfolio: Portfolio) -> str:
    """Overview and pieces as the experts read them, without a name of the person."""
    with override("zh-hans"):
        pieces = [
            f"{number}. {piece.claim.get_kind_display()} · {piece.claim.occurred_on.isoformat()} · {piece.claim.title}"
            f"（定为 {piece.claim.rated} 分，本人份额 {share}%）\n{piece.words}"
            for number, (piece, share) in enumerate(_with_shares(portfolio), start=1)
        ]
    return "\n\n".join([portfolio.overview, *pieces])


def _with_shares(portfolio: Portfolio) -> list[tuple[Any, Decimal]]:
    found = portfolio.pieces.select_related("claim").prefetch_related("claim__shares").order_by("position", "pk")
    return [
        (piece, next(share.percent for share in piece.claim.shares.all() if share.person_id == portfolio.person_id))
        for piece in found
    ]


@transaction.atomic
def hear_experts(*, source: str, outcome: "Outcome", now: datetime) -> None:
    """The experts' points stand: the portfolio goes on to the registrar, or is not recognised."""
    uid = UUID(source.removeprefix(OURS).split(":")[0])
    held = held_portfolio(Portfolio.objects.only("pk").get(uid=uid).pk)
    if held.state != PortfolioState.SUBSTANTIVE or script_source(held) != source:
        return
    held.points, held.of_points = outcome.points, outcome.max_points
    seal(sources=[source], now=now)
    if portfolio_rules().passes(outcome.points, outcome.max_points):
        move(held, to=PortfolioState.PROCEDURAL, actor=None, now=now)
        ask_registrars(held, now)
        return
    reason = f"{outcome.points:f}/{outcome.max_points:f}"
    move(held, to=PortfolioState.REFUSED, actor=None, now=now, reason=reason)
    tell_owner(held, reason, now)


def _at_registrar(portfolio: Portfolio, user: "User") -> Portfolio:
    held = held_portfolio(portfolio.pk)
    if not can_register(user, held):
        raise MayNotRegister
    if held.state != PortfolioState.PROCEDURAL:
        raise NotAtThisGate(state=held.get_state_display())
    return held


@transaction.atomic
def recognise_portfolio(*, portfolio: Portfolio, checked: Collection[str], user: "User", now: datetime) -> Portfolio:
    """Recognise what experts passed and whose papers are in order in every point."""
    held = _at_registrar(portfolio, user)
    asked = {check.id for check in portfolio_rules().registrar}
    if set(checked) != asked:
        raise ChecksMissing
    move(held, to=PortfolioState.RECOGNISED, actor=user, now=now, checked=dict.fromkeys(sorted(asked), True))
    record_fact(
        person_id=held.person_id,
        kind=FactKind.PORTFOLIO,
        ref=held.level,
        value=_percent(held),
        source=f"{OURS}{held.uid}",
        occurred_at=now,
        now=now,
    )
    _book("credits.portfolio-recognised", held, user, {}, now)
    tell_owner(held, "", now)
    return held


@transaction.atomic
def send_portfolio_back(
    *, portfolio: Portfolio, checked: Collection[str], reason: str, user: "User", now: datetime, refuse: bool = False
) -> Portfolio:
    """Send it back for completion, or refuse it for good, with what was and was not in order."""
    held = _at_registrar(portfolio, user)
    if not reason.strip():
        raise PortfolioReason
    asked = [check.id for check in portfolio_rules().registrar]
    to = PortfolioState.REFUSED if refuse else PortfolioState.RETURNED
    ticks = {name: name in checked for name in asked}
    move(held, to=to, actor=user, now=now, reason=reason.strip(), checked=ticks)
    _book(f"credits.portfolio-{to.value}", held, user, {"reason": reason.strip()}, now)
    tell_owner(held, reason.strip(), now)
    return held


def _percent(portfolio: Portfolio) -> Decimal:
    points, most = portfolio.points or Decimal(0), portfolio.of_points or Decimal(1)
    return (points * 100 / most).quantize(PERCENT)


def _book(action: str, portfolio: Portfolio, user: "User", detail: dict[str, str], now: datetime) -> None:
    audit.record(
        action=action,
        actor=f"user:{user.pk}",
        subject=f"{OURS}{portfolio.pk}",
        organisation=portfolio.organisation.code,
        detail=detail,
        now=now,
    )
