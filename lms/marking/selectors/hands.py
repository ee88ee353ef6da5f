"""Whose hands a piece of work went through."""

from collections.abc import Collection

from lms.marking.models import Mark, Outcome


def hands_on(sources: Collection[str]) -> set[str]:
    """Everybody who marked or decided about the scripts of these sources, as `user:<id>` (two queries)."""
    markers = Mark.objects.filter(allocation__script__source__in=sources)
    users = markers.values_list("allocation__marker__user", flat=True).distinct()
    leads = Outcome.objects.filter(script__source__in=sources).exclude(decided_by="")
    return {f"user:{user}" for user in users} | set(leads.values_list("decided_by", flat=True))
