from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import VERIFYING_STATES, KeyPurpose, KeyState


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    """Words for finding keys."""

    def active(self) -> "SigningKeyQuerySet":
        """Those that sign now."""
        return self.filter(state=KeyState.ACTIVE)

    def verifying(self) -> "SigningKeyQuerySet":
        """Those whose signatures still count."""
        return self.filter(state__in=VERIFYING_STATES)


class SigningKey(models.Model):
    """One row for every signing key: its public half and its life.

    The private half is a file in JIQIAO_KEY_DIR, readable by its owner only, and nowhere in the database.
    `organisation` is empty for the platform's own registry key.
    """

    holds_personal_data = False

    organisation = models.ForeignKey(
        "cohorts.Organisation",
        on_delete=models.PROTECT,
        related_name="signing_keys",
        null=True,
        blank=True,
    )
    purpose = models.CharField(max_length=12, choices=KeyPurpose.choices)
    # The multibase public key, which is also the fragment of its address: did:web:…#z6Mk…
    kid = models.CharField(max_length=80, unique=True)
    public_multibase = models.CharField(max_length=80)
    not_before = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=KeyState.choices, default=KeyState.ACTIVE)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ("not_before", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "purpose"),
                condition=models.Q(state=KeyState.ACTIVE),
                name="certificates_key_one_active",
                violation_error_message=_("An issuer signs with one key of a purpose at a time."),
            ),
            models.UniqueConstraint(
                fields=("purpose",),
                condition=models.Q(state=KeyState.ACTIVE, organisation__isnull=True),
                name="certificates_key_one_active_of_platform",
                violation_error_message=_("The platform signs with one key of a purpose at a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=KeyState.ACTIVE, retired_at__isnull=True)
                | (~models.Q(state=KeyState.ACTIVE) & models.Q(retired_at__isnull=False)),
                name="certificates_key_retired_whole",
                violation_error_message=_("A key that no longer signs says since when."),
            ),
        ]

    def __str__(self) -> str:
        return self.kid

    def retire(self, at: datetime) -> None:
        """Stop signing with this key; what it signed stays valid."""
        self.state = KeyState.RETIRED
        self.retired_at = at
