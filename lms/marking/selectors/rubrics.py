"""Rubrics to read: every wording, and how many scripts were marked by it."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Prefetch, QuerySet

from lms.marking.models import Rubric, RubricVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def rubrics_for(user: "User | AnonymousUser") -> "QuerySet[Rubric]":
    """Rubrics of organisations at which one marks or leads, the newest first."""
    newest = Max("versions__no")
    found = Rubric.objects.visible_to(user).select_related("organisation")
    return found.annotate(newest=newest, scripts=Count("versions__scripts", distinct=True)).order_by("-pk")


def rubric_with_versions(user: "User | AnonymousUser", uid: Any) -> "QuerySet[Any, Any]":
    """One rubric with its wordings, the newest first."""
    versions = RubricVersion.objects.annotate(used=Count("scripts")).order_by("-no")
    found = Rubric.objects.visible_to(user).filter(uid=uid).select_related("organisation")
    return found.prefetch_related(Prefetch("versions", versions, to_attr="wordings"))
