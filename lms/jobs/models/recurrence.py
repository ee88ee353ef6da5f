from django.db import models
from django.utils.translation import gettext_lazy as _


class Recurrence(models.Model):
    """One row for every task that comes round again, with the moment of its next round.

    How often it comes is written beside the task in code, not here. Any worker may tick; moving `next_at`
    forward is what decides which of them starts the round.
    """

    holds_personal_data = False

    task = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    class Meta:
        verbose_name = _("recurring task")
        verbose_name_plural = _("recurring tasks")

    def __str__(self) -> str:
        return f"{self.task} {self.next_at:%Y-%m-%d %H:%M:%S}"
