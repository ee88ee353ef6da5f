import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, RulesState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class CreditRulesQuerySet(models.QuerySet["CreditRules"]):
    """Words for finding versions of credit rules."""

    def visible_to(self, user: "User | AnonymousUser") -> "CreditRulesQuerySet":
        """Everything published, for rules are public; drafts of organisations for which one works."""
        published = models.Q(state=RulesState.PUBLISHED)
        if not user.is_authenticated:
            return self.filter(published)
        if user.is_superuser:
            return self
        return self.filter(published | models.Q(organisation__in=organisations_of(user, *READING_ROLES)))


class CreditRules(models.Model):
    """One row for every version of credit rules: of a scheme, or of one organisation within it.

    `data` is the whole rule table (docs/reference/credit-rules.md). What happened on a day is rated by the
    version in force on that day: the organisation's own where it has one, else the scheme's. A published
    version is never edited; the database keeps that.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "drafted_by": "who wrote the rules",
        "published_by": "who put them in force",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.PROTECT, related_name="credit_rules")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_rules"
    )
    # What lines name as their rule version: `2026.1`, or `LCJD/2026.2` for an organisation's own.
    code = models.CharField(_("version"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    effective_from = models.DateField(_("in force from"))
    state = models.CharField(max_length=12, choices=RulesState.choices, default=RulesState.DRAFT)
    data = models.JSONField()
    content_hash = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=0)
    reason = models.TextField(_("reason for the new version"), blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = CreditRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of credit rules")
        verbose_name_plural = _("versions of credit rules")
        ordering = ("-effective_from", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=RulesState.DRAFT, published_at__isnull=True)
                | models.Q(state=RulesState.PUBLISHED, published_at__isnull=False),
                name="credits_rules_published_when",
                violation_error_message=_("A published version says since when; a draft does not."),
            ),
            models.UniqueConstraint(
                fields=("scheme", "organisation", "effective_from"),
                condition=models.Q(state=RulesState.PUBLISHED, organisation__isnull=False),
                name="credits_rules_of_organisation_begin_once",
                violation_error_message=_("One version of the same rules comes into force on a day."),
            ),
            models.UniqueConstraint(
                fields=("scheme", "effective_from"),
                condition=models.Q(state=RulesState.PUBLISHED, organisation__isnull=True),
                name="credits_rules_of_scheme_begin_once",
                violation_error_message=_("One version of the same rules comes into force on a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def local_title(self) -> str:
        """Its title in the language now active."""
        return (self.title_en if get_language() == "en" else "") or self.title


class RulesTrial(models.Model):
    """One row for every dry run of a version: whose balance it would change, against what stands."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rules = models.ForeignKey("credits.CreditRules", on_delete=models.PROTECT, related_name="trials")
    revision = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    lines = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("dry run of credit rules")
        verbose_name_plural = _("dry runs of credit rules")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.rules_id} r{self.revision}"


class RulesTrialChange(models.Model):
    """One row for every person whose balance a dry run would change."""

    holds_personal_data = False

    trial = models.ForeignKey("credits.RulesTrial", on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    before = models.DecimalField(max_digits=9, decimal_places=2)
    after = models.DecimalField(max_digits=9, decimal_places=2)
    # What changes, line by line: [{source, rule, before, after, why}].
    lines = models.JSONField(default=list)

    class Meta:
        verbose_name = _("change in a dry run")
        verbose_name_plural = _("changes in dry runs")
        constraints = [
            models.UniqueConstraint(
                fields=("trial", "person"),
                name="credits_trial_person_once",
                violation_error_message=_("A dry run names a person once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.person_id}: {self.before} → {self.after}"
