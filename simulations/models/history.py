from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from simulations.enums import BROKER_SEAT, ScoreReason


class AttemptCommand(models.Model):
    """One row for every thing a person asked for in an attempt, also what was refused.

    `request_id` is drawn by the one who asks, so that a second click or a second tab is known as such.
    A refused command has the refusal's code and no events. The answer is not kept: it is the events that
    carry this command's number, and the view after `last_seq`, both of which can be told again exactly.
    """

    holds_personal_data = False

    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="commands")
    no = models.PositiveIntegerField()
    request_id = models.CharField(max_length=64)
    body = models.JSONField()
    refused = models.CharField(max_length=40, blank=True)
    response = models.JSONField(default=dict)
    last_seq = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("command")
        verbose_name_plural = _("commands")
        ordering = ("no",)
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "no"),
                name="simulations_command_number_once",
                violation_error_message=_("Commands of an attempt are numbered one by one."),
            ),
            models.UniqueConstraint(
                fields=("attempt", "request_id"),
                name="simulations_command_request_once",
                violation_error_message=_("A request is carried out once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} #{self.no}"


class AttemptEvent(models.Model):
    """One row for every thing that happened in an attempt, in order; the attempt is the fold of these.

    Events carry every outcome, draws and replies of the other side among them, so an old attempt is told
    again without its rules. `seq` is the optimistic lock: two tabs cannot both write the next one.
    """

    holds_personal_data = False

    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    data = models.JSONField()
    seat = models.CharField(max_length=20, default=BROKER_SEAT)
    command_no = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("seq",)
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "seq"),
                name="simulations_event_seq_once",
                violation_error_message=_("Events of an attempt are numbered one by one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.seq} {self.type}"


class ScoreRun(models.Model):
    """One row for every time an ended attempt was scored; a correction adds a run, and edits none.

    The first is by the rules; each later one names the override or the rescore that it comes from.
    """

    holds_personal_data = False

    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="scores")
    seq = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10, choices=ScoreReason.choices, default=ScoreReason.SCORED)
    override = models.ForeignKey(
        "simulations.Override", on_delete=models.PROTECT, related_name="runs", null=True, blank=True
    )
    rescore = models.ForeignKey(
        "simulations.Rescore", on_delete=models.PROTECT, related_name="runs", null=True, blank=True
    )
    rubric_sha = models.CharField(max_length=64)
    total = models.DecimalField(max_digits=5, decimal_places=2)
    passed = models.BooleanField()
    parts = models.JSONField(encoder=DjangoJSONEncoder)
    gates = models.JSONField(encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ("seq",)
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "seq"),
                name="simulations_score_seq_once",
                violation_error_message=_("Scores of an attempt are numbered one by one."),
            ),
            models.UniqueConstraint(
                fields=("attempt", "rescore"),
                condition=models.Q(rescore__isnull=False),
                name="simulations_score_once_a_rescore",
                violation_error_message=_("A rescore writes one score for an attempt."),
            ),
            models.CheckConstraint(
                condition=models.Q(reason=ScoreReason.SCORED, override__isnull=True, rescore__isnull=True)
                | models.Q(
                    reason__in=(ScoreReason.OVERRIDDEN, ScoreReason.APPEALED),
                    override__isnull=False,
                    rescore__isnull=True,
                )
                | models.Q(reason=ScoreReason.RESCORED, override__isnull=True, rescore__isnull=False),
                name="simulations_score_names_its_cause",
                violation_error_message=_("A corrected score names the correction that it comes from."),
            ),
            models.CheckConstraint(
                condition=models.Q(total__gte=0, total__lte=100),
                name="simulations_score_in_range",
                violation_error_message=_("A score lies between 0 and 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.total}"
