"""How far one role reaches, and the cohorts, people and files within that reach."""

from typing import TYPE_CHECKING

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When, Window

from lms.cohorts.enums import LIVE_STATES, UploadState
from lms.cohorts.models import Cohort, Membership, Organisation, RosterUpload

from .roles import Hat, organisations_of

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models.cohort import MembershipQuerySet


def scope_of(user: "User | AnonymousUser", hat: Hat) -> QuerySet[Organisation]:
    """The organisation of the hat that is on, and for an authority those under it: nothing of other hats.

    A QuerySet to be used inside another query, so it costs no query of its own.
    """
    if hat.organisation is None:
        return Organisation.objects.none()
    here = Q(pk=hat.organisation.pk) | Q(parent=hat.organisation.pk)
    return organisations_of(user, hat.role).filter(here).order_by()


def memberships_in(organisations: QuerySet[Organisation]) -> "MembershipQuerySet":
    """Live places in the cohorts of these organisations."""
    return Membership.objects.live().filter(cohort__organisation__in=organisations).order_by()


def cohorts_in(organisations: QuerySet[Organisation], today: "date") -> QuerySet[Cohort]:
    """Cohorts of these organisations, each with how many there are `in_all`: running ones first, the next to end
    at the top, then those to come, then those that are over."""
    over = Case(When(ends_on__lt=today, then=Value(2)), When(starts_on__gt=today, then=Value(1)), default=Value(0))
    ends = Case(When(ends_on__gte=today, then=F("ends_on")), output_field=DateField())
    return (
        Cohort.objects.filter(organisation__in=organisations)
        .select_related("organisation")
        .annotate(in_all=Window(Count("pk")), over=over, still_ends=ends)
        .order_by("over", "still_ends", "-ends_on", "-pk")
    )


def cohorts_without_people(organisations: QuerySet[Organisation]) -> QuerySet[Cohort]:
    """Cohorts on whose roster nobody stands."""
    placed = Membership.objects.filter(state__in=LIVE_STATES)
    return Cohort.objects.filter(organisation__in=organisations).exclude(pk__in=placed.values("cohort")).order_by()


def uploads_unwritten(organisations: QuerySet[Organisation]) -> QuerySet[RosterUpload]:
    """Roster files that were looked at and neither written nor given up."""
    return RosterUpload.objects.filter(cohort__organisation__in=organisations, state=UploadState.PREVIEWED).order_by()


def children_of(organisations: QuerySet[Organisation], hat: Hat) -> QuerySet[Organisation]:
    """Those of the organisations that are under the one of the hat, each with how many there are `in_all`."""
    under = hat.organisation.pk if hat.organisation else None
    return organisations.filter(parent=under).annotate(in_all=Window(Count("pk"))).order_by("kind", "code")
