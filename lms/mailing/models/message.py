from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.mailing.enums import MessageKind, MessageState


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        """Not handed over yet."""
        return self.filter(state=MessageState.WAITING)

    def visible_to(self, user: Any) -> Self:
        """Mails to one's own address; superusers see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(to__iexact=user.email)


class Message(models.Model):
    """One row for every mail: written together with its cause, handed over by a job after the commit.

    Subject and texts are kept as they were sent. `subject_ref` names the thing that the mail is about
    (`certificates.certificate:7`), so that one cause never mails one person twice.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "to": "the address that the mail goes to",
        "text": "the mail names its reader",
        "html": "the mail names its reader",
    }

    kind = models.CharField(max_length=40, choices=MessageKind.choices)
    subject_ref = models.CharField(max_length=160)
    to = models.EmailField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "subject_ref", "to"),
                name="mailing_message_once",
                violation_error_message=_("One cause mails one person once."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=MessageState.SENT, sent_at__isnull=False)
                | ~models.Q(state=MessageState.SENT) & models.Q(sent_at__isnull=True),
                name="mailing_message_sent_has_time",
                violation_error_message=_("A mail that was sent says when, and no other does."),
            ),
        ]
        indexes = [models.Index(fields=("to", "created_at"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.to} {self.state}"
