import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from simulations.enums import DECIDED_APPEALS, DECIDING_ROLES, DESK_ROLES, AppealState, OverrideState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class ReviewQuerySet(models.QuerySet["Override"]):
    """Words for finding corrections."""

    def visible_to(self, user: "User | AnonymousUser") -> "ReviewQuerySet":
        """Corrections of attempts at bases for which one trains or manages."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(attempt__organisation__in=organisations_of(user, *DESK_ROLES))

    def in_force(self) -> "ReviewQuerySet":
        """Corrections that a score rests on, in the order in which they came into force."""
        return self.filter(state=OverrideState.IN_FORCE).order_by("decided_at", "pk")


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Words for finding appeals."""

    def visible_to(self, user: "User | AnonymousUser") -> "AppealQuerySet":
        """One's own appeals, and those at bases whose appeals one decides."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(attempt__person__user=user)
            | models.Q(attempt__organisation__in=organisations_of(user, *DECIDING_ROLES))
        )


class EventComment(models.Model):
    """One row for every remark of staff about a moment of an attempt; the trainee reads it in the debrief.

    A remark is never edited. Its author may take it back, which leaves the row.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "text": "what was said about somebody's play",
        "by": "who said it",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="comments")
    event_seq = models.PositiveIntegerField()
    text = models.TextField(_("what is said about it"))
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment on an attempt")
        verbose_name_plural = _("comments on attempts")
        ordering = ("event_seq", "pk")

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.event_seq}"


class Override(models.Model):
    """One row for every time that a person gives items of an attempt other points than the rules did.

    `changes` lists {item, before, points}. Where the attempt counts, a second person confirms it before a score
    rests on it; the score that stood, `score`, stays. `appeal` says whose appeal asked for it.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "reason": "why somebody's points were changed",
        "made_by": "who changed them",
        "decided_by": "who confirmed it or turned it down",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="overrides")
    score = models.ForeignKey("simulations.ScoreRun", on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(
        "simulations.Appeal", on_delete=models.PROTECT, related_name="overrides", null=True, blank=True
    )
    changes = models.JSONField(encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"))
    two_people = models.BooleanField()
    state = models.CharField(max_length=10, choices=OverrideState.choices, default=OverrideState.WAITING)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an attempt")
        verbose_name_plural = _("corrections of attempts")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("attempt",),
                condition=models.Q(state=OverrideState.WAITING),
                name="simulations_override_one_waiting",
                violation_error_message=_("One correction of an attempt waits at a time."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="simulations_override_has_reason",
                violation_error_message=_("A correction has a reason."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=OverrideState.WAITING, decided_by="", decided_at__isnull=True)
                | ~models.Q(state=OverrideState.WAITING)
                & ~models.Q(decided_by="")
                & models.Q(decided_at__isnull=False),
                name="simulations_override_decided",
                violation_error_message=_("A correction that was decided names who decided, and when."),
            ),
            models.CheckConstraint(
                condition=models.Q(two_people=False) | ~models.Q(decided_by=models.F("made_by")),
                name="simulations_override_two_people",
                violation_error_message=_("Where an attempt counts, a correction is confirmed by a second person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"


class Appeal(models.Model):
    """One row for every appeal against a score: grounds, term, and one decision by a person with reasons.

    Granted points stand in the appeal's `Override`, which a second person confirms where the attempt counts.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "grounds": "what somebody holds against a score",
        "decided_by": "who decided",
        "explanation": "what the person was told",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="appeals")
    score = models.ForeignKey("simulations.ScoreRun", on_delete=models.PROTECT, related_name="+")
    items = models.JSONField(_("items"), default=list)
    grounds = models.TextField(_("grounds"))
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.FILED)
    filed_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    explanation = models.TextField(_("explanation"), blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ("decide_by", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("score",),
                condition=~models.Q(state=AppealState.WITHDRAWN),
                name="simulations_appeal_once_per_score",
                violation_error_message=_("A score is appealed against once."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(*DECIDED_APPEALS, AppealState.CONFIRMING), decided_at__isnull=False)
                & ~models.Q(decided_by="")
                & ~models.Q(explanation="")
                | models.Q(state__in=(AppealState.FILED, AppealState.WITHDRAWN), decided_at__isnull=True)
                & models.Q(decided_by=""),
                name="simulations_appeal_decided_by_a_person",
                violation_error_message=_("A decided appeal names the person who decided, and gives reasons."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"
