from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import CreditKind
from lms.schemes.enums import ModuleCode


class CreditTotal(models.Model):
    """One row for every person, kind and year: the sum of the credit lines, kept by the database at every line.

    Whole hundredths, so that both engines add exactly. Written by a trigger alone (migration 0002).
    """

    holds_personal_data = False

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="credit_totals")
    kind = models.CharField(max_length=20, choices=CreditKind.choices)
    year = models.PositiveSmallIntegerField()
    hundredths = models.BigIntegerField()
    lines = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("credit total")
        verbose_name_plural = _("credit totals")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "kind", "year"),
                name="credits_credit_total_once",
                violation_error_message=_("A person has one total of a kind in a year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.year}: {self.points}"

    @property
    def points(self) -> Decimal:
        """The sum in points."""
        return Decimal(self.hundredths).scaleb(-2)


class HourTotal(models.Model):
    """One row for every person, module and year: the sums of the hour lines, kept by the database at every line."""

    holds_personal_data = False

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="hour_totals")
    module = models.CharField(max_length=30, choices=ModuleCode.choices)
    year = models.PositiveSmallIntegerField()
    minutes = models.BigIntegerField()
    hundredths = models.BigIntegerField()
    lines = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("class hour total")
        verbose_name_plural = _("class hour totals")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "module", "year"),
                name="credits_hour_total_once",
                violation_error_message=_("A person has one total of a module in a year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.module} {self.year}: {self.class_hours}"

    @property
    def class_hours(self) -> Decimal:
        """The sum in class hours."""
        return Decimal(self.hundredths).scaleb(-2)
