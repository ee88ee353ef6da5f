import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.marking.enums import LEAD_ROLES, LIVE_ALLOCATIONS, MARKER_ROLES, AllocationState, RoundState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class MarkingRoundQuerySet(models.QuerySet["MarkingRound"]):
    """Words for finding rounds."""

    def visible_to(self, user: "User | AnonymousUser") -> "MarkingRoundQuerySet":
        """Rounds that one leads, and those in which one marks."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(organisation__in=organisations_of(user, *LEAD_ROLES))
            | models.Exists(RoundMarker.objects.filter(round=models.OuterRef("pk"), user=user, left_at__isnull=True))
        )


class MarkingRound(models.Model):
    """One row for every round in which people mark scripts of one source, under rules declared beforehand.

    `source` names what it serves (`exams.exam:12`). Each script is marked by `markers_per_script` people who do
    not see each other's marks. If two differ by more than `gap_percent` of the points, a third marks; the mean
    of the two nearest stands. Should those differ as much too, the lead of the round decides.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    markers_per_script = models.PositiveSmallIntegerField(
        _("markers of a script"), default=2, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    gap_percent = models.DecimalField(
        _("gap that calls for a third marker, in percent of the points"), max_digits=5, decimal_places=2, default=20
    )
    due_at = models.DateTimeField(_("marked by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=RoundState.choices, default=RoundState.OPEN)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MarkingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking round")
        verbose_name_plural = _("marking rounds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(markers_per_script__gte=1, markers_per_script__lte=2)
                & models.Q(gap_percent__gte=0, gap_percent__lte=100),
                name="marking_round_rules",
                violation_error_message=_("A script has one or two markers, and the gap is a percentage."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=RoundState.CLOSED, closed_at__isnull=False)
                | models.Q(state=RoundState.OPEN, closed_at__isnull=True),
                name="marking_round_closed_when",
                violation_error_message=_("A closed round says since when; an open one does not."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoundMarker(models.Model):
    """One row for every person who marks in a round, with the share of scripts that they take."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"user": "who marks"}

    round = models.ForeignKey("marking.MarkingRound", on_delete=models.PROTECT, related_name="markers")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(_("share"), default=1, validators=[MinValueValidator(1)])
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("marker of a round")
        verbose_name_plural = _("markers of rounds")
        constraints = [
            models.UniqueConstraint(
                fields=("round", "user"),
                name="marking_marker_once_per_round",
                violation_error_message=_("A person is a marker of a round once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.user_id}"


class ScriptQuerySet(models.QuerySet["Script"]):
    """Words for finding scripts."""

    def visible_to(self, user: "User | AnonymousUser") -> "ScriptQuerySet":
        """Scripts of rounds that one leads; a marker finds theirs through their allocations."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(round__organisation__in=organisations_of(user, *LEAD_ROLES))


class Script(models.Model):
    """One row for every piece of work to be marked, under a code instead of a name.

    `source` names where it comes from (`exams.attempt:<uid>:<slot>`) and is shown to no marker; `person` is
    kept so that nobody marks their own work. `prompt` (schema 1) is what was asked and what is expected, as
    the candidate's version had it; `text` is what was written.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"person": "whose work it is", "text": "what they wrote"}

    round = models.ForeignKey("marking.MarkingRound", on_delete=models.PROTECT, related_name="scripts")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=12)
    source = models.CharField(max_length=160, unique=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    rubric_version = models.ForeignKey("marking.RubricVersion", on_delete=models.PROTECT, related_name="scripts")
    prompt = models.JSONField()
    text = models.TextField(blank=True)
    received_at = models.DateTimeField()

    objects = ScriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        constraints = [
            models.UniqueConstraint(
                fields=("round", "code"),
                name="marking_script_code_once",
                violation_error_message=_("A round uses a script's code once."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Seal(models.Model):
    """One row for every script whose points went into a result; from then on nobody marks it."""

    holds_personal_data = False

    script = models.OneToOneField("marking.Script", on_delete=models.PROTECT, related_name="seal")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.script_id}"


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Words for finding allocations."""

    def visible_to(self, user: "User | AnonymousUser") -> "AllocationQuerySet":
        """What one was given to mark and has not given back, at places where one may still mark."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            marker__user=user,
            marker__left_at__isnull=True,
            state__in=LIVE_ALLOCATIONS,
            script__round__organisation__in=organisations_of(user, *MARKER_ROLES),
        )


class Allocation(models.Model):
    """One row for every time that a script was given to a marker; `place` 3 is the third marker."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "marker": "who was asked to mark",
        "reason": "why they gave it back",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    script = models.ForeignKey("marking.Script", on_delete=models.PROTECT, related_name="allocations")
    marker = models.ForeignKey("marking.RoundMarker", on_delete=models.PROTECT, related_name="allocations")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=AllocationState.choices, default=AllocationState.OPEN)
    reason = models.TextField(blank=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        indexes = [models.Index(fields=("marker", "state"))]
        constraints = [
            models.UniqueConstraint(
                fields=("script", "place"),
                condition=models.Q(state__in=(AllocationState.OPEN, AllocationState.MARKED)),
                name="marking_place_once",
                violation_error_message=_("A place of a script is taken by one marker at a time."),
            ),
            models.UniqueConstraint(
                fields=("script", "marker"),
                name="marking_marker_once_per_script",
                violation_error_message=_("A marker is given a script once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script_id}/{self.place}"
