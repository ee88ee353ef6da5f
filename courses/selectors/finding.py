"""Where a lesson that was found is read: by who studies it, in the learner's page."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.urls import reverse

from courses.models import Enrolment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def learner_addresses(user: "User | AnonymousUser", pages: Collection[int] | None = None) -> dict[tuple[int, str], str]:
    """Addresses of the lessons that `user` studies, by course page and item (one query, none for a visitor).

    Of these course pages only, where they are given, and only lessons of the version that the person reads:
    one that came later leads to the course page.
    """
    if not user.is_authenticated or (pages is not None and not pages):
        return {}
    rows = Enrolment.objects.live().filter(person__user=user, course__page__isnull=False)
    if pages is not None:
        rows = rows.filter(course__page__in=pages)
    return {
        (page, item["item_uid"]): reverse("courses:lesson", args=[uid, item["item_uid"]])
        for page, uid, outline in rows.values_list("course__page", "uid", "course_version__outline")
        for item in outline["items"]
    }
