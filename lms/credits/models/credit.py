from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import Book, CreditKind
from lms.credits.models.line import LedgerLine
from lms.schemes.enums import FactKind

if TYPE_CHECKING:
    from lms.credits.engine.awarding import Award

LARGEST_POINTS = Decimal("9999.99")


class CreditLine(LedgerLine):
    """One row for every time that contribution credits were earned, taken back, or lost, by one person.

    `rule` is the code in the rule table of `rule_version`. Credits are not money and are never paid out.
    """

    holds_personal_data = False
    book = Book.CREDITS
    fact_kind = FactKind.CONTRIBUTION
    figures = ("person_id", "kind", "rule")
    # Told by `services.points` of a line just posted: the steps by which its points came about.
    award: "Award"

    kind = models.CharField(_("kind"), max_length=20, choices=CreditKind.choices)
    rule = models.CharField(_("rule"), max_length=40)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)

    class Meta:
        verbose_name = _("credit line")
        verbose_name_plural = _("credit lines")
        indexes = [models.Index(fields=("person", "year", "rule"))]
        constraints = [
            models.UniqueConstraint(
                fields=("person", "seq"),
                name="credits_credit_seq_once",
                violation_error_message=_("A person's ledger uses a line number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(reversal_of__isnull=True, points__gt=0) & ~models.Q(kind=CreditKind.VIOLATION)
                | models.Q(reversal_of__isnull=True, points__lt=0, kind=CreditKind.VIOLATION)
                | models.Q(reversal_of__isnull=False, points__lt=0) & ~models.Q(kind=CreditKind.VIOLATION)
                | models.Q(reversal_of__isnull=False, points__gt=0, kind=CreditKind.VIOLATION),
                name="credits_credit_sign",
                violation_error_message=_(
                    "Credits are taken back only by reversing the line that gave them, or lost by a violation."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=False, valid_to__gte=models.F("valid_from")),
                name="credits_credit_window",
                violation_error_message=_("Credits count from a day until the same or a later one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.seq} {self.kind} {self.points:+}"

    @property
    def fact_ref(self) -> str:
        return self.kind

    @property
    def fact_value(self) -> Decimal:
        return self.points

    def opposite(self) -> Self:
        line = super().opposite()
        line.kind, line.rule, line.points = self.kind, self.rule, -self.points
        return line

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "kind": self.kind, "rule": self.rule, "points": f"{self.points:.2f}"}
