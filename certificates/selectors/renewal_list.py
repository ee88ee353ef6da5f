"""Who renews what by when: the certificates of a training base by their last day, with what is missing."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q

from certificates.enums import LIVE_STATES, CertificateState, DecisionState, RenewalStepKind
from certificates.models import Certificate, Decision, RenewalStep
from certificates.models.decision import DECIDING_ROLES
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import organisations_of
from lms.schemes.selectors.windows import months_after

from .renewals import RenewalFile, renewal_files

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from certificates.models.certificate import CertificateQuerySet
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

PER_PAGE = 20
MONTHS_AHEAD, MONTHS_BACK = 12, 24
DUE, ASKED, PREPARED, LAPSED, RENEWED = "due", "asked", "prepared", "lapsed", "renewed"
SHOWS = (DUE, ASKED, PREPARED, LAPSED, RENEWED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader of the list asked for."""

    show: str = DUE
    organisation: str = ""
    serial: str = ""


def organisations_renewing(user: "User | AnonymousUser") -> "QuerySet[Organisation]":
    """Organisations whose certificates `user` prepares, decides or oversees."""
    return organisations_of(user, *DECIDING_ROLES)


def organisations_preparing(user: "User | AnonymousUser") -> "QuerySet[Organisation]":
    """Organisations for which `user` prepares decisions."""
    return organisations_of(user, Role.BASE_MANAGER)


def _annotated(user: "User | AnonymousUser") -> "CertificateQuerySet":
    """The certificates of these organisations, each with what is under way about its next cycle."""
    following = {"person": OuterRef("person"), "level": OuterRef("level"), "cycle": OuterRef("cycle") + 1}
    decisions = Decision.objects.filter(certificate__isnull=True, **following).exclude(state=DecisionState.REFUSED)
    asked = RenewalStep.objects.filter(certificate=OuterRef("pk"), kind=RenewalStepKind.ASKED)
    return Certificate.objects.filter(
        organisation__in=organisations_renewing(user), state=CertificateState.ISSUED
    ).annotate(
        is_renewed=Exists(Certificate.objects.filter(state__in=LIVE_STATES, **following)),
        is_prepared=Exists(decisions),
        is_asked=Exists(asked),
    )


def _condition(show: str, on: date) -> Q:
    """Certificates that a part of the list shows; whoever has asked stays in sight for the time of grace too."""
    waits = Q(is_renewed=False)
    match show:
        case "asked":
            return waits & Q(is_asked=True, is_prepared=False, valid_until__gte=months_after(on, -MONTHS_BACK))
        case "prepared":
            return waits & Q(is_prepared=True)
        case "lapsed":
            return waits & Q(valid_until__lt=on, valid_until__gte=months_after(on, -MONTHS_BACK))
        case "renewed":
            return Q(is_renewed=True)
    return waits & Q(valid_until__range=(on, months_after(on, MONTHS_AHEAD)))


def counts(user: "User | AnonymousUser", *, on: date) -> dict[str, int]:
    """How many certificates each part of the list shows (one query)."""
    return _annotated(user).aggregate(**{show: Count("pk", filter=_condition(show, on)) for show in SHOWS})


def renewals_page(
    user: "User | AnonymousUser", wanted: Wanted, number: int | str, *, on: date
) -> tuple[Page, list[RenewalFile]]:
    """One page of the list, what ends first at the top; of lapsed and renewed ones, what ended last."""
    found = _annotated(user)
    found = found.filter(serial=wanted.serial) if wanted.serial else found.filter(_condition(wanted.show, on))
    if wanted.organisation:
        found = found.filter(organisation__code=wanted.organisation)
    latest_first = wanted.show in (LAPSED, RENEWED) and not wanted.serial
    order = F("valid_until").desc() if latest_first else F("valid_until").asc()
    rows = found.select_related("organisation", "person", "decision").defer("credential", "decision__evidence")
    page = Paginator(rows.order_by(order, "pk"), PER_PAGE).get_page(number)
    return page, renewal_files(page.object_list, on=on)
