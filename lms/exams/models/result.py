from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import ExamMode, ResultReason


class Result(models.Model):
    """One row for every time that an attempt was marked; the one with the highest `seq` stands.

    Never edited: a corrected key gives a new row. `basis` names everything that counted (paper, answers,
    keys, marks of people, exclusions, cut score with method and day), `computed_from` is its hash, `reason`
    why this row was written, and `mode` under whose eyes the exam was sat.
    """

    holds_personal_data = False

    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, related_name="results")
    seq = models.PositiveSmallIntegerField(default=1)
    points = models.DecimalField(max_digits=7, decimal_places=2)
    max_points = models.DecimalField(max_digits=7, decimal_places=2)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    passed = models.BooleanField()
    cut_rule = models.CharField(max_length=200)
    marks = models.JSONField()
    computed_from = models.CharField(max_length=64)
    basis = models.JSONField(default=dict)
    reason = models.CharField(max_length=12, choices=ResultReason.choices, default=ResultReason.MARKED)
    regrade = models.ForeignKey(
        "exams.Regrade", on_delete=models.PROTECT, related_name="results", null=True, blank=True
    )
    appeal = models.ForeignKey("exams.Appeal", on_delete=models.PROTECT, related_name="results", null=True, blank=True)
    mode = models.CharField(max_length=24, choices=ExamMode.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("exam result")
        verbose_name_plural = _("exam results")
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "seq"),
                name="exams_result_seq_once",
                violation_error_message=_("The results of an attempt are numbered, each number once."),
            ),
            models.UniqueConstraint(
                fields=("attempt", "regrade"),
                condition=models.Q(regrade__isnull=False),
                name="exams_result_once_per_regrade",
                violation_error_message=_("A regrade writes one result for an attempt."),
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, points__lte=models.F("max_points"), max_points__gt=0)
                & models.Q(percent__gte=0, percent__lte=100),
                name="exams_result_within_paper",
                violation_error_message=_("A result lies between nothing and the whole paper."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.percent}%"
