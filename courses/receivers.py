"""Listening to the editor's publish button."""

from contextlib import suppress
from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from courses.models import CoursePage
from courses.services import checking, finding  # noqa: F401 -- register what is looked through and what is found
from courses.services.publishing import NothingToFreeze, freeze_version
from lms.kernel.clock import now


@receiver(page_published, sender=CoursePage, dispatch_uid="courses.freeze")
def freeze_published_course(sender: type[CoursePage], instance: CoursePage, **kwargs: Any) -> None:
    """Freeze what was published. A page published before its lessons stays a face without a course."""
    with suppress(NothingToFreeze):
        freeze_version(page=instance, now=now())
