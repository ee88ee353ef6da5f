from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import ONCE_STEPS, RenewalStepKind
from certificates.models.certificate import Certificate

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class RenewalStepQuerySet(models.QuerySet["RenewalStep"]):
    """Words for finding steps."""

    def visible_to(self, user: "User | AnonymousUser") -> "RenewalStepQuerySet":
        """Those of the certificates that `user` may see."""
        return self.filter(certificate__in=Certificate.objects.visible_to(user))


class RenewalStep(models.Model):
    """One row for every step in the renewal file of a certificate; added to, never edited.

    The file itself has no row: it is the certificate, whose cycle is being renewed, and its steps. `actor` is empty
    where the platform did it by the calendar; `decision` is the one that was prepared, or that was issued from.
    """

    holds_personal_data = False

    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.PROTECT, related_name="renewal_steps")
    kind = models.CharField(max_length=12, choices=RenewalStepKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision = models.ForeignKey(
        "certificates.Decision", on_delete=models.PROTECT, related_name="renewal_steps", null=True, blank=True
    )
    at = models.DateTimeField()

    objects = RenewalStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("renewal step")
        verbose_name_plural = _("renewal steps")
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("certificate", "kind"),
                condition=models.Q(kind__in=ONCE_STEPS),
                name="certificates_renewal_step_once",
                violation_error_message=_("A reminder is sent, a renewal asked for and a lapse written down once."),
            ),
            models.CheckConstraint(
                condition=models.Q(decision__isnull=False)
                | ~models.Q(kind__in=(RenewalStepKind.PREPARED, RenewalStepKind.RENEWED, RenewalStepKind.REINSTATED)),
                name="certificates_renewal_step_decision",
                violation_error_message=_("A renewal that was prepared or issued names its decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"
