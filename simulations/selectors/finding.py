"""Own simulations by words, for the search of the desks."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from lms.kernel.lookups import says_all
from simulations.models import Attempt

if TYPE_CHECKING:
    from lms.accounts.models import User


def attempts_found(user: "User", words: Collection[str]) -> QuerySet[Attempt]:
    """The user's own attempts, by title or code of the case; the latest first."""
    fields = ("scenario_version__title", "scenario_version__title_en", "scenario_version__code")
    return (
        Attempt.objects.played_by(user)
        .filter(says_all(words, *fields))
        .select_related("scenario_version")
        .defer("scenario_version__source", "scenario_version__truths")
    )
