import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import LIVE_STATES, CertificateState, EventKind
from lms.cohorts.selectors.roles import organisations_of

from .decision import DECIDING_ROLES, LEVEL_CHOICES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Words for finding certificates."""

    def visible_to(self, user: "User | AnonymousUser") -> "CertificateQuerySet":
        """One's own, and those of the organisations for which `user` prepares, approves or oversees."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user=user) | models.Q(organisation__in=organisations_of(user, *DECIDING_ROLES))
        )

    def live(self) -> "CertificateQuerySet":
        """Neither revoked nor replaced; an expired one is live until its next cycle."""
        return self.filter(state__in=LIVE_STATES)


class Certificate(models.Model):
    """One row for every certificate that was ever issued; never edited but for its state, never deleted.

    `payload` holds every printed field as printed and `credential` the signed text byte for byte, so that
    a later change of a name or a title reaches neither. There is no copy of the identity number.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "payload": "the printed fields, name among them, for whoever compares a paper with the record",
        "credential": "the signed credential with the name in clear and the mail address hashed",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    serial = models.CharField(_("serial"), max_length=28, unique=True)
    check_code = models.CharField(max_length=10, editable=False)
    decision = models.OneToOneField("certificates.Decision", on_delete=models.PROTECT, related_name="certificate")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="certificates")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="certificates")
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    cycle = models.PositiveSmallIntegerField(_("cycle"))
    payload = models.JSONField(editable=False)
    credential = models.TextField(editable=False)
    status_list = models.ForeignKey("certificates.StatusList", on_delete=models.PROTECT, related_name="certificates")
    status_index = models.PositiveIntegerField()
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"))
    state = models.CharField(max_length=12, choices=CertificateState.choices, default=CertificateState.ISSUED)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "level", "cycle"),
                condition=models.Q(state__in=LIVE_STATES),
                name="certificates_certificate_live_once",
                violation_error_message=_("A person holds one live certificate of a level in a cycle."),
            ),
            models.UniqueConstraint(
                fields=("status_list", "status_index"),
                name="certificates_certificate_status_index_once",
                violation_error_message=_("A place in a status list is given out once."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("issued_on")),
                name="certificates_certificate_ends_after_it_begins",
                violation_error_message=_("A certificate is valid for at least a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class CertificateEvent(models.Model):
    """One row for every thing that happened to a certificate; added to, never edited.

    `public_reason` is what the verification page says; `reason` stays inside the house.
    """

    holds_personal_data = False

    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(max_length=300, blank=True)
    public_reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("certificate event")
        verbose_name_plural = _("certificate events")
        ordering = ("certificate", "seq")
        constraints = [
            models.UniqueConstraint(
                fields=("certificate", "seq"),
                name="certificates_event_seq_once",
                violation_error_message=_("A certificate's events are numbered without a gap or a twin."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=EventKind.ISSUED) | ~models.Q(reason=""),
                name="certificates_event_has_reason",
                violation_error_message=_("Whatever is done to an issued certificate has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.seq} {self.kind}"
