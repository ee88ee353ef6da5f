from django.db import models
from django.utils.translation import gettext_lazy as _

from .decision import LEVEL_CHOICES


class SerialCounter(models.Model):
    """One row for every issuer, level and year: the last number given out, locked while the next is taken."""

    holds_personal_data = False

    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=LEVEL_CHOICES)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("serial counter")
        verbose_name_plural = _("serial counters")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "level", "year"),
                name="certificates_counter_once",
                violation_error_message=_("Each issuer, level and year counts once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.level} {self.year}: {self.last}"
