"""Whom somebody may see."""

from typing import TYPE_CHECKING

from django.db.models import Q

from lms.accounts.selectors.people import all_people
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.models import Membership

from .roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.accounts.models.person import PersonQuerySet


def people_visible_to(user: "User | AnonymousUser") -> "PersonQuerySet":
    """Oneself, and for staff everybody who has or had a place in a cohort of their organisations."""
    if not user.is_authenticated:
        return all_people().none()
    if user.is_superuser:
        return all_people()
    placed = Membership.objects.filter(cohort__organisation__in=organisations_of(user, *STAFF_ROLES))
    return all_people().filter(Q(user_id=user.pk) | Q(pk__in=placed.values("person")))
