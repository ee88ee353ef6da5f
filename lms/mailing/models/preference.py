from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.mailing.enums import NoticeGroup


class NotificationPreferenceQuerySet(models.QuerySet["NotificationPreference"]):
    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class NotificationPreference(models.Model):
    """One row for every choice that a user made about mails of one group of notices.

    No row means yes. There is no switch for the notices on the platform: they are always written.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"user_id": "whose choice it is"}

    user_id = models.PositiveBigIntegerField()
    group = models.CharField(max_length=20, choices=NoticeGroup.choices)
    mail = models.BooleanField(_("by mail too"), default=True)
    changed_at = models.DateTimeField()

    objects = NotificationPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice about mails")
        verbose_name_plural = _("choices about mails")
        constraints = [
            models.UniqueConstraint(
                fields=("user_id", "group"),
                name="mailing_preference_once",
                violation_error_message=_("One choice for a user and a group."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {'mail' if self.mail else 'no mail'}"
