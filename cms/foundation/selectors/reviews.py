"""Who wrote what is about to be published, and whether somebody else can look at it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page

from cms.foundation.models.review import wrote

REVIEWERS = "Reviewers"


def needs_a_second_person(user: Any, page: Page) -> bool:
    """Whether `user` would let out their own text although somebody else is there to review it."""
    others = get_user_model().objects.filter(Q(groups__name=REVIEWERS) | Q(is_superuser=True), is_active=True)
    return wrote(page, user) and others.exclude(pk=user.pk).exists()
