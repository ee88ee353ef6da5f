import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import AppealState, SampleState, Verification


class Confirmation(models.Model):
    """One row for every person who confirmed a claim in one of its rounds; added to, never edited."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"user": "who answers for it", "words": "what they looked at"}

    claim = models.ForeignKey("credits.Claim", on_delete=models.PROTECT, related_name="confirmations")
    round = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verification = models.CharField(_("verification"), max_length=24, choices=Verification.choices)
    # What was confirmed: the same hash as the claim's when the last of them confirmed.
    evidence_hash = models.CharField(max_length=64)
    words = models.CharField(_("what you looked at"), max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("claim", "round", "user"),
                name="credits_confirmation_by_two_people",
                violation_error_message=_("A person confirms a claim once in a round; the second is somebody else."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.round} {self.user_id}"


class ContractNumber(models.Model):
    """One row for every registered contract for which credits are claimed, once across all organisations.

    Only a keyed hash of the number and its last characters: whoever reads the row learns no contract. It is taken
    when a claim is handed in, and given back when the claim is rejected for good or withdrawn.
    """

    holds_personal_data = False

    number_hash = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)
    claim = models.OneToOneField("credits.Claim", on_delete=models.PROTECT, related_name="contract_number")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("contract number")
        verbose_name_plural = _("contract numbers")

    def __str__(self) -> str:
        return f"…{self.tail}"


class ClaimAppeal(models.Model):
    """One row for every appeal about a rejected claim, decided by somebody who had no hand in it."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "reason": "what the claimant holds against it",
        "answer": "what was said",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey("credits.Claim", on_delete=models.PROTECT, related_name="appeals")
    round = models.PositiveSmallIntegerField()
    reason = models.CharField(_("what you hold against it"), max_length=1000)
    state = models.CharField(max_length=12, choices=AppealState.choices, default=AppealState.FILED)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("appeal about a claim")
        verbose_name_plural = _("appeals about claims")
        constraints = [
            models.UniqueConstraint(
                fields=("claim", "round"),
                name="credits_appeal_once_a_round",
                violation_error_message=_("A rejection is appealed once."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="filed", decided_by__isnull=True, decided_at__isnull=True)
                | ~models.Q(state="filed") & ~models.Q(answer="") & models.Q(decided_at__isnull=False),
                name="credits_appeal_decided_whole",
                violation_error_message=_("A decided appeal says by whom, when and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.state}"


class AuditSample(models.Model):
    """One row for every confirmed claim that was drawn to be looked at again, by a draw that can be repeated."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"finding": "what was found"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.OneToOneField("credits.Claim", on_delete=models.PROTECT, related_name="sample")
    # blake2b over the claim's uid and the seal of the month before: nobody could know it when confirming.
    draw = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=SampleState.choices, default=SampleState.OPEN)
    finding = models.CharField(_("what was found"), max_length=500, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("audit sample")
        verbose_name_plural = _("audit samples")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", looked_at__isnull=True)
                | ~models.Q(state="open") & models.Q(looked_at__isnull=False) & ~models.Q(finding=""),
                name="credits_sample_looked_whole",
                violation_error_message=_("A sample that was looked at says by whom, when and what was found."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.state}"
