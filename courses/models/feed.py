import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """A key nobody guesses: whoever has the address reads the calendar without signing in."""
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """One row for every person who takes their calendar along; a new key makes the old address worthless."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"key": "opens the person's calendar without signing in"}

    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="calendar_feed")
    key = models.CharField(max_length=40, unique=True, default=new_key)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
