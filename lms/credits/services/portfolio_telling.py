"""Whom a portfolio concerns next, and what became of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.credits.policies import can_register
from lms.kernel.beijing import BEIJING
from lms.mailing.services.announcing import announce
from lms.schemes.selectors.current import current_version, level_of

if TYPE_CHECKING:
    from lms.credits.models import Portfolio


def _level(portfolio: "Portfolio", now: datetime) -> dict[str, str]:
    level = level_of(current_version(now), portfolio.level)
    return {"zh": level.name, "en": level.name_en}


def tell_owner(portfolio: "Portfolio", reason: str, now: datetime) -> None:
    """Tell whose work it is what was decided, and why."""
    if portfolio.person.user is None:
        return
    event = portfolio.events.order_by("-pk").values_list("pk", flat=True)[0]
    announce(
        to=portfolio.person.user,
        kind="portfolio-decided",
        subject_ref=f"credits.portfolio_event:{event}",
        context={"level": _level(portfolio, now), "outcome": portfolio.state, "reason": reason},
        url=reverse("credits:portfolio", args=[portfolio.uid]),
        organisation=portfolio.organisation.code,
        now=now,
    )


def ask_registrars(portfolio: "Portfolio", now: datetime) -> None:
    """Tell everybody who may check the papers; one mail a day, however many portfolios wait."""
    base = portfolio.organisation
    for user in users_in_role(base.pk, Role.CERTIFIER, at=now):
        if not can_register(user, portfolio):
            continue
        announce(
            to=user,
            kind="portfolio-waiting",
            subject_ref=f"credits.portfolio:{portfolio.pk}:{now.isoformat()}",
            context={
                "person": portfolio.person.real_name,
                "level": _level(portfolio, now),
                "organisation": {"zh": base.name, "en": base.name_en},
            },
            url=reverse("credits:portfolio-review", args=[portfolio.uid]),
            organisation=base.code,
            mailed_as=f"credits.portfolios:{base.pk}:{now.astimezone(BEIJING).date().isoformat()}",
            now=now,
        )
