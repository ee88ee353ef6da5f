from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import Book
from lms.credits.models.line import LedgerLine
from lms.schemes.enums import FactKind, ModuleCode


class HourLine(LedgerLine):
    """One row for every time that class hours were earned, or taken back, by one person in one module.

    `minutes` is what was studied. `class_hours` is what the line adds to the person's class hours: the
    hours of all minutes so far, rounded down once, less the hours of the lines before. So the lines add up
    to the rounded total and no rounding is lost between them.
    """

    holds_personal_data = False
    book = Book.HOURS
    fact_kind = FactKind.CLASS_HOURS
    figures = ("person_id", "module", "minutes")

    module = models.CharField(_("module"), max_length=30, choices=ModuleCode.choices)
    minutes = models.IntegerField(_("minutes"))
    class_hours = models.DecimalField(_("class hours"), max_digits=7, decimal_places=2)

    class Meta:
        verbose_name = _("class hour line")
        verbose_name_plural = _("class hour lines")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "seq"),
                name="credits_hour_seq_once",
                violation_error_message=_("A person's ledger uses a line number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(reversal_of__isnull=True, minutes__gt=0)
                | models.Q(reversal_of__isnull=False, minutes__lt=0),
                name="credits_hour_only_reversals_take_back",
                violation_error_message=_("Class hours are taken back only by reversing the line that gave them."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.seq} {self.module} {self.minutes:+d}"

    @property
    def fact_ref(self) -> str:
        return self.module

    @property
    def fact_value(self) -> Decimal:
        return self.class_hours

    def opposite(self) -> Self:
        line = super().opposite()
        line.module = self.module
        line.minutes, line.class_hours = -self.minutes, -self.class_hours
        return line

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "module": self.module, "year": self.year, "minutes": self.minutes}
