"""Putting a body of work forward: a draft, its pieces, and handing it to the experts."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import PortfolioState
from lms.credits.models import Portfolio, PortfolioEvent, PortfolioPiece
from lms.credits.selectors.portfolios import claims_to_show, places_for, portfolio_rules
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, Refusal
from lms.records.validators import canonical_json

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation

EDITABLE = (PortfolioState.DRAFT, PortfolioState.RETURNED)
OPEN = (*EDITABLE, PortfolioState.SUBSTANTIVE, PortfolioState.PROCEDURAL)
MOST_ATTEMPTS = 2


class NotYourPlace(Refusal):
    """Somebody there has to judge it."""

    code = "portfolio-without-place"
    message = _("Choose an organisation at which you have a place or at which work of yours was confirmed.")


class PortfolioOpen(Conflict):
    """One at a time."""

    code = "portfolio-open"
    message = _("You have a portfolio for this level that is not decided yet. Go on with that one.")


class PortfolioDone(Conflict):
    """Recognised once is recognised."""

    code = "portfolio-done"
    message = _("Your portfolio for this level is recognised already.")


class NoAttemptLeft(Refusal):
    """A second refusal stands."""

    code = "portfolio-attempts"
    message = _("Two portfolios of yours for this level were not recognised. A third cannot be put forward.")


class PortfolioSettled(Conflict):
    """Handed in or decided, perhaps in another tab."""

    code = "portfolio-settled"
    message = _("This portfolio can no longer be changed: %(state)s.")


class PortfolioChanged(Conflict):
    """Somebody was faster: oneself, in another tab."""

    code = "portfolio-changed"
    message = _("The portfolio was changed in another window. What you wrote is still below; look at both, then save.")


class PieceUnknown(Refusal):
    """Only what was confirmed is shown."""

    code = "portfolio-piece"
    message = _("Only confirmed claims of your own can stand in a portfolio.")


class PortfolioIncomplete(Refusal):
    """Experts judge what is whole."""

    code = "portfolio-incomplete"
    message = _(
        "A portfolio needs an overview of %(least)s to %(most)s characters (yours has %(characters)s) and "
        "%(few)s to %(many)s confirmed claims (yours has %(pieces)s)."
    )


@transaction.atomic
def begin_portfolio(
    *, person: "Person", organisation: "Organisation", level: LevelCode, title: str, now: datetime
) -> Portfolio:
    """Begin a draft; nobody else sees it before it is handed in."""
    if not places_for(person).filter(pk=organisation.pk).exists():
        raise NotYourPlace
    before = list(Portfolio.objects.select_for_update().filter(person=person, level=level).order_by("attempt"))
    if any(each.state in OPEN for each in before):
        raise PortfolioOpen
    if any(each.state == PortfolioState.RECOGNISED for each in before):
        raise PortfolioDone
    if len(before) >= MOST_ATTEMPTS:
        raise NoAttemptLeft
    return Portfolio.objects.create(
        person=person,
        organisation=organisation,
        level=level,
        attempt=len(before) + 1,
        title=title,
        created_at=now,
        changed_at=now,
    )


@transaction.atomic
def write_portfolio(
    *, portfolio: Portfolio, title: str, overview: str, pieces: Mapping[int, str], revision: int, now: datetime
) -> Portfolio:
    """Keep what is written so far; `pieces` maps claims to what each is to show, in their order."""
    held = _held_editable(portfolio)
    if held.revision != revision:
        raise PortfolioChanged
    allowed = set(claims_to_show(held.person_id).filter(pk__in=pieces).values_list("pk", flat=True))
    if allowed != set(pieces):
        raise PieceUnknown
    held.title, held.overview = title, overview
    held.revision, held.changed_at = held.revision + 1, now
    held.save(update_fields=["title", "overview", "revision", "changed_at"])
    held.pieces.all().delete()
    PortfolioPiece.objects.bulk_create(
        PortfolioPiece(portfolio=held, claim_id=claim, position=place, words=words.strip())
        for place, (claim, words) in enumerate(pieces.items(), start=1)
    )
    return held


@transaction.atomic
def discard_portfolio(*, portfolio: Portfolio) -> None:
    """Throw away a draft that was never handed in."""
    held = _held_editable(portfolio)
    if held.state != PortfolioState.DRAFT:
        raise PortfolioSettled(state=held.get_state_display())
    held.delete()


def content_hash(portfolio: Portfolio) -> str:
    """One hash over what the experts judge: overview and pieces in their order."""
    pieces = [[str(piece.claim.uid), piece.words] for piece in portfolio.pieces.select_related("claim")]
    content = {"title": portfolio.title, "overview": portfolio.overview, "pieces": pieces}
    return sha256(canonical_json(content)).hexdigest()


def require_whole(portfolio: Portfolio) -> None:
    """Refuse a portfolio that experts could not judge."""
    rules, pieces = portfolio_rules(), portfolio.pieces.count()
    characters = len("".join(portfolio.overview.split()))
    fits = rules.overview.least <= characters <= rules.overview.most
    if not fits or not rules.least_pieces <= pieces <= rules.most_pieces:
        raise PortfolioIncomplete(
            least=rules.overview.least,
            most=rules.overview.most,
            characters=characters,
            few=rules.least_pieces,
            many=rules.most_pieces,
            pieces=pieces,
        )


def move(
    portfolio: Portfolio,
    *,
    to: PortfolioState,
    actor: "User | None",
    now: datetime,
    reason: str = "",
    checked: Mapping[str, Any] | None = None,
) -> PortfolioEvent:
    """Change the state and write down from where, to where, by whom and why."""
    before, portfolio.state, portfolio.changed_at = portfolio.state, to, now
    portfolio.save(update_fields=["state", "changed_at", "points", "of_points"])
    return PortfolioEvent.objects.create(
        portfolio=portfolio,
        from_state=before,
        to_state=to,
        actor=actor,
        reason=reason,
        checked=dict(checked or {}),
        at=now,
    )


def held_portfolio(number: int) -> Portfolio:
    """The portfolio for this transaction alone."""
    return (
        Portfolio.objects.select_for_update(of=("self",)).select_related("person__user", "organisation").get(pk=number)
    )


def _held_editable(portfolio: Portfolio) -> Portfolio:
    held = held_portfolio(portfolio.pk)
    if held.state not in EDITABLE:
        raise PortfolioSettled(state=held.get_state_display())
    return held
