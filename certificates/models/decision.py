import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import DecisionOutcome, DecisionState
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import organisations_of
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]
# Trainers see their trainees' records, not the decisions about them.
DECIDING_ROLES = (Role.BASE_MANAGER, Role.CERTIFIER, Role.AUTHORITY_OFFICER)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Words for finding decisions."""

    def visible_to(self, user: "User | AnonymousUser") -> "DecisionQuerySet":
        """Those of the organisations for which `user` prepares, approves or oversees."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisation__in=organisations_of(user, *DECIDING_ROLES))

    def waiting(self) -> "DecisionQuerySet":
        """Prepared, and not yet approved or refused."""
        return self.filter(state=DecisionState.PREPARED)


class Decision(models.Model):
    """One row for every decision about a person and a level: the file behind a certificate.

    The evidence is a frozen copy made when the decision was prepared; what happens later to ledgers and
    results never reaches it. Approved or refused, the row is frozen by the database.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "evidence": "name and results on which the certificate rests, kept as long as it can be asked about",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="decisions")
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    scheme_version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="decisions")
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=DecisionOutcome.choices, default=DecisionOutcome.AWARD
    )
    state = models.CharField(_("state"), max_length=12, choices=DecisionState.choices, default=DecisionState.PREPARED)
    evidence = models.JSONField(editable=False)
    evidence_hash = models.CharField(max_length=64, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_prepared"
    )
    prepared_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="decisions_decided",
        null=True,
        blank=True,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(_("reason for refusing"), max_length=300, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-prepared_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("prepared_by")),
                name="certificates_decision_four_eyes",
                violation_error_message=_("Whoever prepared a decision does not decide it."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=DecisionState.PREPARED, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~models.Q(state=DecisionState.PREPARED)
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="certificates_decision_decided_whole",
                violation_error_message=_("A decision that is made says who made it and when."),
            ),
            models.UniqueConstraint(
                fields=("person", "level", "cycle"),
                condition=models.Q(state=DecisionState.PREPARED),
                name="certificates_decision_one_waiting",
                violation_error_message=_("One decision about a person and a level waits at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level} {self.state}"
