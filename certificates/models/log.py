from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import Result, Way


class VerificationLog(models.Model):
    """One row for every question about a certificate: that it was asked and what was answered.

    Not who asked, from where, or what was typed: `query_hash` is a keyed hash of the folded serial, enough
    to see that one number is being tried again and again.
    """

    holds_personal_data = False

    reference = models.CharField(max_length=12, unique=True)
    certificate = models.ForeignKey(
        "certificates.Certificate",
        on_delete=models.PROTECT,
        related_name="verifications",
        null=True,
        blank=True,
    )
    query_hash = models.CharField(max_length=64, db_index=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    result = models.CharField(max_length=16, choices=Result.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return f"{self.reference} {self.result}"
