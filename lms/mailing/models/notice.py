from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.mailing.enums import NoticeGroup, NoticeKind, kinds_in


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        """Not opened and not ticked off yet."""
        return self.filter(read_at__isnull=True)

    def in_group(self, group: NoticeGroup) -> Self:
        """Of the kinds that belong to one group."""
        return self.filter(kind__in=kinds_in(group))

    def visible_to(self, user: Any) -> Self:
        """One's own, whoever one is: nobody reads another person's notices, superusers neither."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class Notice(models.Model):
    """One row for every thing that one user was told on the platform.

    There is no sentence in the row: `kind` and `context` are put into words when somebody reads, in the
    language they read in. `context` holds ids, amounts, ISO times and titles in both languages
    (`{"zh": …, "en": …}`). `subject_ref` names the thing, so that one cause tells one user once. `url` is
    the page in Chinese, `organisation` the code of the base or association that it concerns.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "user_id": "whom it was told",
        "context": "the notice may name the person that it is about",
    }

    user_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40, choices=NoticeKind.choices)
    subject_ref = models.CharField(max_length=160)
    context = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    organisation = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=("user_id", "kind", "subject_ref"),
                name="mailing_notice_once",
                violation_error_message=_("One cause tells one user once."),
            ),
        ]
        indexes = [
            models.Index(fields=("user_id", "-created_at", "-id"), name="mailing_notice_newest"),
            models.Index(fields=("user_id",), condition=models.Q(read_at__isnull=True), name="mailing_notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_ref} → {self.user_id}"
