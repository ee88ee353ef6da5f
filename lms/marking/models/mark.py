from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.marking.enums import OutcomeRule


class Mark(models.Model):
    """One row for every time that a marker put down marks; the highest `seq` of an allocation counts.

    Added to, never edited: a marker who thinks again before the round closes writes another row. `criteria`
    (schema 1): {criterion id: points as text}; `max_points` is the rubric's, so that the table can hold the bound.
    """

    holds_personal_data = False

    allocation = models.ForeignKey("marking.Allocation", on_delete=models.PROTECT, related_name="marks")
    seq = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    points = models.DecimalField(max_digits=6, decimal_places=2)
    max_points = models.DecimalField(max_digits=6, decimal_places=2)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=("allocation", "seq"),
                name="marking_mark_seq_once",
                violation_error_message=_("The marks of an allocation are numbered, each number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, points__lte=models.F("max_points")),
                name="marking_mark_within_rubric",
                violation_error_message=_("A mark lies between nothing and the points of the rubric."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id}#{self.seq} {self.points}"


class Outcome(models.Model):
    """One row for every time that the points of a script were settled; the highest `seq` stands, none is edited.

    `marks` lists the ids of the marks that it was computed from; `reason` and `decided_by` are a lead's.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"decided_by": "the lead who decided"}

    script = models.ForeignKey("marking.Script", on_delete=models.PROTECT, related_name="outcomes")
    seq = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=8, choices=OutcomeRule.choices)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    max_points = models.DecimalField(max_digits=6, decimal_places=2)
    marks = models.JSONField()
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            models.UniqueConstraint(
                fields=("script", "seq"),
                name="marking_outcome_seq_once",
                violation_error_message=_("The outcomes of a script are numbered, each number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, points__lte=models.F("max_points")),
                name="marking_outcome_within_rubric",
                violation_error_message=_("The points of a script lie between nothing and those of the rubric."),
            ),
            models.CheckConstraint(
                condition=~models.Q(rule=OutcomeRule.DECIDED) | ~models.Q(decided_by="") & ~models.Q(reason=""),
                name="marking_decision_has_person_and_reason",
                violation_error_message=_("A decided script names who decided, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script_id} {self.points}"
