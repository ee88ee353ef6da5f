import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, ClaimState, CreditKind, ShareState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Words for finding claims."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, those in which one is named with a share, and for staff what their organisation was handed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        handed_in = ~models.Q(state=ClaimState.DRAFT)
        named = ClaimShare.objects.filter(claim=models.OuterRef("pk"), person__user=user)
        return self.filter(
            models.Q(person__user=user)
            | handed_in & models.Exists(named)
            | handed_in & models.Q(organisation__in=organisations_of(user, *READING_ROLES))
        )


class Claim(models.Model):
    """One row for every piece of transfer work for which somebody claims contribution credits.

    `fields` holds what the rule asks for as evidence (docs/reference/credit-rules.md); `revision` grows with every
    change, so that a page opened before another change is refused. `round` counts how often it was handed in.
    Once confirmed, rejected for good or withdrawn the database refuses every change but those of an appeal.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "title": "may name a firm or a contract",
        "fields": "may name contacts and firms",
        "interest": "a declared conflict of interest",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="credit_claims")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="credit_claims")
    rules = models.ForeignKey("credits.CreditRules", on_delete=models.PROTECT, related_name="claims")
    rule = models.CharField(_("rule"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=CreditKind.choices)
    title = models.CharField(_("title"), max_length=120)
    occurred_on = models.DateField(_("day"))
    fields = models.JSONField(default=dict)
    # What the claim was filled from (`courses.practice:<uid>`); empty where it was written by hand.
    origin = models.CharField(max_length=140, blank=True)
    interest = models.CharField(_("conflict of interest"), max_length=500, blank=True)
    no_interest = models.BooleanField(_("no conflict of interest"), default=False)
    state = models.CharField(max_length=12, choices=ClaimState.choices, default=ClaimState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Until when somebody has to answer, or the claimant to complete or appeal.
    due_on = models.DateField(null=True, blank=True)
    # Points of the whole work as rated when it was confirmed, before shares and caps.
    rated = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    # One hash over fields, shares and files as they were confirmed.
    evidence_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit claim")
        verbose_name_plural = _("credit claims")
        ordering = ("-changed_at", "-pk")
        indexes = [models.Index(fields=("organisation", "state", "due_on"))]
        constraints = [
            models.UniqueConstraint(
                fields=("person", "origin"),
                condition=~models.Q(origin="") & ~models.Q(state__in=("withdrawn", "rejected")),
                name="credits_claim_of_origin_once",
                violation_error_message=_("A record is claimed for once at a time."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(rated__isnull=False) & ~models.Q(evidence_hash=""),
                name="credits_claim_confirmed_whole",
                violation_error_message=_("A confirmed claim says what it was rated at and what it rested on."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "withdrawn"))
                | models.Q(submitted_at__isnull=False, round__gte=1),
                name="credits_claim_handed_in_when",
                violation_error_message=_("A claim that was handed in says when."),
            ),
            models.CheckConstraint(
                condition=models.Q(rated__isnull=True) | models.Q(rated__gte=0),
                name="credits_claim_rated_not_below_nothing",
                violation_error_message=_("A claim is never rated below nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class ClaimShare(models.Model):
    """One row for everybody who had a part in the work of a claim, the claimant among them, with their share.

    The shares of a claim that is handed in come to exactly 100 %; the service adds them up under the claim's lock.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey("credits.Claim", on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="credit_shares")
    percent = models.DecimalField(_("share in percent"), max_digits=5, decimal_places=2)
    part = models.CharField(_("part in the work"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=ShareState.choices, default=ShareState.ASKED)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("share of a claim")
        verbose_name_plural = _("shares of claims")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("claim", "person"),
                name="credits_share_once",
                violation_error_message=_("A person has one share of a claim."),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100),
                name="credits_share_percent",
                violation_error_message=_("A share is more than nothing and at most 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.person_id} {self.percent} %"


class ClaimEvidence(models.Model):
    """One row for every file that proves a claim; the file itself lies enciphered among the private files."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"name": "the name of the file as its owner had it"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey("credits.Claim", on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=120)
    # Of the document as it was handed in; what is stored is enciphered.
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey("records.PrivateFile", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidence of a claim")
        verbose_name_plural = _("evidence of claims")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.claim_id} {self.name}"


class ClaimEvent(models.Model):
    """One row for every change of a claim's state; added to, never edited."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"actor": "who did it", "reason": "why"}

    claim = models.ForeignKey("credits.Claim", on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12, choices=ClaimState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=ClaimState.choices)
    actor = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("event of a claim")
        verbose_name_plural = _("events of claims")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.from_state} → {self.to_state}"
