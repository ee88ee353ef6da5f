import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import LIVE_STATES, PostState
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

from .enrolment import Enrolment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def _enrolled(user: "User", prefix: str) -> models.Exists:
    """Whether the user studies the course at the organisation to which the post belongs."""
    return models.Exists(
        Enrolment.objects.filter(
            person__user=user,
            state__in=LIVE_STATES,
            course=models.OuterRef(f"{prefix}course"),
            organisation=models.OuterRef(f"{prefix}organisation"),
        )
    )


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Words for finding threads."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """For those who study the course there what is published, for authors their own, for staff all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(_enrolled(user, ""), state=PostState.PUBLISHED)
            | models.Q(author__user=user)
            | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Words for finding replies."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As with threads; a reply in a thread that is not published is seen by staff and its author."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(_enrolled(user, "thread__"), state=PostState.PUBLISHED, thread__state=PostState.PUBLISHED)
            | models.Q(author__user=user)
            | models.Q(thread__organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class Thread(models.Model):
    """One row for every question that somebody asks about a lesson, among those who study it at one base."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "title": "what a person writes in a discussion",
        "text": "what a person writes in a discussion",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="threads")
    item_uid = models.CharField(max_length=40)
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="threads")
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="threads")
    title = models.CharField(_("question"), max_length=120)
    text = models.TextField(_("what you have tried or read"), max_length=4000, blank=True)
    state = models.CharField(max_length=12, choices=PostState.choices)
    accepted = models.OneToOneField(
        "courses.Reply", on_delete=models.PROTECT, null=True, blank=True, related_name="accepted_in"
    )
    asked_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a lesson")
        verbose_name_plural = _("questions about lessons")
        ordering = ("-last_at", "-pk")
        indexes = [models.Index(fields=("course", "item_uid", "organisation"), name="courses_thread_of_lesson")]

    def __str__(self) -> str:
        return self.title


class Reply(models.Model):
    """One row for every answer in a thread. It is not edited; a moderator may hide it."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"text": "what a person writes in a discussion"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey("courses.Thread", on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("answer"), max_length=4000)
    state = models.CharField(max_length=12, choices=PostState.choices)
    at = models.DateTimeField()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.thread_id} #{self.pk}"


class ModerationEvent(models.Model):
    """One row for everything that a moderator did to a thread or a reply; added to, never edited."""

    holds_personal_data = False

    thread = models.ForeignKey("courses.Thread", on_delete=models.PROTECT, related_name="moderation")
    reply = models.ForeignKey(
        "courses.Reply", on_delete=models.PROTECT, null=True, blank=True, related_name="moderation"
    )
    from_state = models.CharField(max_length=12, choices=PostState.choices)
    to_state = models.CharField(max_length=12, choices=PostState.choices)
    actor = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("moderation event")
        verbose_name_plural = _("moderation events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.from_state} → {self.to_state}"
