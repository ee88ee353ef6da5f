import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, PortfolioState
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class PortfolioQuerySet(models.QuerySet["Portfolio"]):
    """Words for finding portfolios."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and for staff what their organisation was handed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user=user)
            | ~models.Q(state=PortfolioState.DRAFT) & models.Q(organisation__in=organisations_of(user, *READING_ROLES))
        )


class Portfolio(models.Model):
    """One row for every body of work that a person puts forward, to be judged at two gates.

    Experts judge the substance by a rubric in a round of `lms.marking`; then a registrar checks that the papers are
    in order. `attempt` counts: after a refusal a person may put one better one forward.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"overview": "what the person says of their own work"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="portfolios")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="portfolios")
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    attempt = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=120)
    overview = models.TextField(_("overview"), blank=True)
    state = models.CharField(max_length=12, choices=PortfolioState.choices, default=PortfolioState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    # Points and greatest points that the experts came to.
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    of_points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        verbose_name = _("portfolio")
        verbose_name_plural = _("portfolios")
        ordering = ("-changed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "level", "attempt"),
                name="credits_portfolio_attempt_once",
                violation_error_message=_("A person's portfolios for a level are numbered."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PortfolioPiece(models.Model):
    """One row for every confirmed claim that stands in a portfolio, with what it is to show."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"words": "what the person says of their part"}

    portfolio = models.ForeignKey("credits.Portfolio", on_delete=models.CASCADE, related_name="pieces")
    claim = models.ForeignKey("credits.Claim", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("what it shows"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("piece of a portfolio")
        verbose_name_plural = _("pieces of portfolios")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("portfolio", "claim"),
                name="credits_piece_once",
                violation_error_message=_("A claim stands in a portfolio once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.claim_id}"


class PortfolioEvent(models.Model):
    """One row for every change of a portfolio's state, with what a gate found; added to, never edited."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"actor": "who did it", "reason": "why"}

    portfolio = models.ForeignKey("credits.Portfolio", on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12, choices=PortfolioState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=PortfolioState.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=1000, blank=True)
    # What the registrar ticked: {point: true or false}.
    checked = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("event of a portfolio")
        verbose_name_plural = _("events of portfolios")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.portfolio_id}: {self.from_state} → {self.to_state}"
