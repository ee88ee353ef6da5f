"""People and cohorts by words, for the search of the desks."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from lms.cohorts.models import Cohort, Membership, Organisation
from lms.kernel.lookups import says_all

if TYPE_CHECKING:
    from lms.accounts.models import User


def members_found(user: "User", organisations: QuerySet[Organisation], words: Collection[str]) -> QuerySet[Membership]:
    """Places on rosters of these organisations that `user` may see, by name, mail address or employer.

    The identity number is not looked through: it is not kept in clear, and its last characters are for telling
    namesakes apart, not for finding people.
    """
    people = ("person__real_name", "person__latin_name", "person__user__email", "employer")
    return (
        Membership.objects.visible_to(user)
        .filter(says_all(words, *people), cohort__organisation__in=organisations)
        .select_related("person__user", "cohort__organisation")
        .order_by("person__real_name", "-cohort__starts_on", "pk")
    )


def cohorts_found(user: "User", organisations: QuerySet[Organisation], words: Collection[str]) -> QuerySet[Cohort]:
    """Cohorts of these organisations that `user` may see, by title or code."""
    return (
        Cohort.objects.visible_to(user)
        .filter(says_all(words, "title", "title_en", "code"), organisation__in=organisations)
        .select_related("organisation")
        .order_by("-starts_on", "pk")
    )
