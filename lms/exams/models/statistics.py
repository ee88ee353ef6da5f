from django.db import models
from django.utils.translation import gettext_lazy as _


class ExamStatistics(models.Model):
    """One row for every time that the statistics of an exam were computed; the newest is shown.

    `histogram` counts attempts by tens of the percentage. `reliability` names its own method in
    `reliability_method`, because alpha is defined only where everybody sat the same questions.
    """

    holds_personal_data = False

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="statistics")
    attempts = models.PositiveIntegerField()
    items = models.PositiveIntegerField()
    mean = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    deviation = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    reliability = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    reliability_method = models.CharField(max_length=20, blank=True)
    standard_error = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    passed = models.PositiveIntegerField()
    histogram = models.JSONField(default=list)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("statistics of an exam")
        verbose_name_plural = _("statistics of exams")
        indexes = [models.Index(fields=("exam", "-computed_at"))]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.computed_at:%Y-%m-%d %H:%M}"


class ItemStatistics(models.Model):
    """One row for every question version in one computation of an exam's statistics.

    `distractors`: {option id: {n, mean_rest}} for choices, empty for other kinds. `flags` say why somebody should
    read the question again: words of the engine, those of an option with its id behind a colon.
    """

    holds_personal_data = False

    of_exam = models.ForeignKey("exams.ExamStatistics", on_delete=models.CASCADE, related_name="items_of")
    version = models.ForeignKey("exams.QuestionVersion", on_delete=models.PROTECT, related_name="statistics")
    attempts = models.PositiveIntegerField()
    facility = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    discrimination = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    omitted = models.PositiveIntegerField(default=0)
    distractors = models.JSONField(default=dict)
    flags = models.JSONField(default=list)

    class Meta:
        verbose_name = _("statistics of a question")
        verbose_name_plural = _("statistics of questions")
        constraints = [
            models.UniqueConstraint(
                fields=("of_exam", "version"),
                name="exams_item_statistics_once",
                violation_error_message=_("A computation holds a question version once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.facility}"
