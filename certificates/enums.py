from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DecisionState(models.TextChoices):
    """A decision is prepared by one person, then approved or refused by another, then frozen for ever."""

    PREPARED = "prepared", _("Prepared")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class DecisionOutcome(models.TextChoices):
    """What a decision is about."""

    AWARD = "award", _("First award")
    RENEWAL = "renewal", _("Renewal")


class CertificateState(models.TextChoices):
    """What its issuer last did with a certificate; whether it has expired is read from its dates."""

    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


# While one of these stands, no second certificate for the same person, level and cycle can be issued.
LIVE_STATES = (CertificateState.ISSUED, CertificateState.SUSPENDED)


class EventKind(models.TextChoices):
    """What may happen to a certificate."""

    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    RESTORED = "restored", _("Restored")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


class Result(models.TextChoices):
    """The one word that every verification ends with (docs/reference/certificate-files.md)."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
    NOT_YET_VALID = "not_yet_valid", _("Not valid yet")
    UNKNOWN = "unknown", _("Not found")
    INVALID = "invalid", _("Not genuine")


class KeyPurpose(models.TextChoices):
    """What a signing key signs."""

    VC = "vc", _("Credentials")
    STATUS = "status", _("Status lists")
    PADES = "pades", _("PDF files")
    REGISTRY = "registry", _("Registry of issuers")


class KeyState(models.TextChoices):
    """An active key signs; a retired one still verifies; a compromised one no longer verifies anything."""

    ACTIVE = "active", _("Active")
    RETIRED = "retired", _("Retired")
    COMPROMISED = "compromised", _("Compromised")


VERIFYING_STATES = (KeyState.ACTIVE, KeyState.RETIRED)


class StatusPurpose(models.TextChoices):
    """The lists that say what became of a certificate; one index serves all three."""

    REVOCATION = "revocation", _("Revocation")
    SUSPENSION = "suspension", _("Suspension")
    # The W3C word for "a newer credential exists": our replaced certificates.
    REFRESH = "refresh", _("Replacement")


STATE_OF_PURPOSE = {
    StatusPurpose.REVOCATION: CertificateState.REVOKED,
    StatusPurpose.SUSPENSION: CertificateState.SUSPENDED,
    StatusPurpose.REFRESH: CertificateState.REPLACED,
}


class DocumentKind(models.TextChoices):
    """Files that belong to a certificate."""

    PDF = "pdf", _("Certificate as PDF")


class Way(models.TextChoices):
    """How somebody asked about a certificate."""

    NAME = "name", _("Serial and name")
    CODE = "code", _("Serial and check code")
    FILE = "file", _("Uploaded file")


class Stage(models.TextChoices):
    """How far a trainee has come on the way to a level: the furthest step, whatever lies open before it."""

    WAITING = "waiting", _("No class hours yet")
    STUDYING = "studying", _("Class hours begun")
    EXAM = "exam", pgettext_lazy("stage", "Exam passed")
    SIMULATION = "simulation", pgettext_lazy("stage", "Deal simulation passed")
    CERTIFIED = "certified", _("Certified")


class RenewalStepKind(models.TextChoices):
    """What may be written in the renewal file of a certificate."""

    REMINDED_180 = "reminded-180", _("Reminded half a year ahead")
    REMINDED_90 = "reminded-90", _("Reminded three months ahead")
    REMINDED_30 = "reminded-30", _("Reminded a month ahead")
    ASKED = "asked", _("Renewal asked for by the holder")
    PREPARED = "prepared", _("Decision about the renewal prepared")
    LAPSED = "lapsed", _("Lapsed: the last day passed without a renewal")
    RENEWED = "renewed", pgettext_lazy("certificate", "Renewed")
    REINSTATED = "reinstated", _("Reinstated after the lapse")


# So many days before the last one, and the step that says it was told. The nearest comes first.
REMINDERS = (
    (30, RenewalStepKind.REMINDED_30),
    (90, RenewalStepKind.REMINDED_90),
    (180, RenewalStepKind.REMINDED_180),
)
# Steps that a file has once, whatever happens twice.
ONCE_STEPS = (
    RenewalStepKind.REMINDED_180,
    RenewalStepKind.REMINDED_90,
    RenewalStepKind.REMINDED_30,
    RenewalStepKind.ASKED,
    RenewalStepKind.LAPSED,
)


class RenewalState(models.TextChoices):
    """Where the renewal of a certificate stands on a day."""

    EARLY = "early", _("Not open yet")
    OPEN = "open", _("Open for renewal")
    GRACE = "grace", _("Lapsed, can be reinstated")
    ENDED = "ended", _("Lapsed for good")
    RENEWED = "renewed", pgettext_lazy("certificate", "Renewed")
    CLOSED = "closed", _("Not to be renewed")


# A holder may ask, and a decision be prepared, in these states.
RENEWABLE_STATES = (RenewalState.OPEN, RenewalState.GRACE)
