from django.db import models
from django.utils.translation import gettext_lazy as _


class WordingAllowance(models.Model):
    """One row for every reserved word that an issuer may print, with the legal basis on which it may."""

    holds_personal_data = False

    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="wording_allowances"
    )
    word = models.CharField(_("word"), max_length=30)
    basis = models.CharField(_("legal basis"), max_length=300)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("wording allowance")
        verbose_name_plural = _("wording allowances")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "word"),
                name="certificates_allowance_once",
                violation_error_message=_("A word is allowed to an issuer once."),
            ),
            models.CheckConstraint(
                condition=~models.Q(basis=""),
                name="certificates_allowance_has_basis",
                violation_error_message=_("A reserved word is allowed only on a named legal basis."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.word}"
