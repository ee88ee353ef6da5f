import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, PaperKind, ReturnState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class BoardConsent(models.Model):
    """One row for every time that a person let their name stand on a board; ended, never deleted."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"shown_as": "the name that the person chose to be shown"}

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="board_consents")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    shown_as = models.CharField(_("shown as"), max_length=60)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent to a board")
        verbose_name_plural = _("consents to boards")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "organisation"),
                condition=models.Q(until__isnull=True),
                name="credits_board_consent_once",
                violation_error_message=_("A person stands on a board once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.organisation_id}"


class CreditPaperQuerySet(models.QuerySet["CreditPaper"]):
    """Words for finding printed papers."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(person__user=user)


class CreditPaper(models.Model):
    """One row for every statement, dossier or return that was printed: its hash and the head it rests on."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="credit_papers")
    kind = models.CharField(max_length=16, choices=PaperKind.choices)
    language = models.CharField(max_length=7)
    lines = models.PositiveIntegerField()
    head = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.ForeignKey("records.PrivateFile", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = CreditPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("printed paper")
        verbose_name_plural = _("printed papers")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class AnnualReturnQuerySet(models.QuerySet["AnnualReturn"]):
    """Words for finding annual returns."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and for staff what their organisation was handed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        handed_in = models.Q(state=ReturnState.SUBMITTED, organisation__in=organisations_of(user, *READING_ROLES))
        return self.filter(models.Q(person__user=user) | handed_in)


class AnnualReturn(models.Model):
    """One row for every person and year: what they did in the year, filled from the ledger and completed by hand."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"data": "the person's own account of a year"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="annual_returns")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="annual_returns")
    year = models.PositiveSmallIntegerField(_("year"))
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ReturnState.choices, default=ReturnState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AnnualReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual activity return")
        verbose_name_plural = _("annual activity returns")
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(
                fields=("person", "organisation", "year"),
                name="credits_return_once_a_year",
                violation_error_message=_("A person has one annual return for a year."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", submitted_at__isnull=True)
                | models.Q(state="submitted", submitted_at__isnull=False),
                name="credits_return_handed_in_when",
                violation_error_message=_("A return that was handed in says when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"
