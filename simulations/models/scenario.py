from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode
from simulations.enums import VersionState

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class ScenarioVersionQuerySet(models.QuerySet["ScenarioVersion"]):
    """Words for finding scenario versions."""

    def approved(self) -> "ScenarioVersionQuerySet":
        """Versions whose attempts may count: at most one for each code."""
        return self.filter(state=VersionState.APPROVED)

    def playable(self) -> "ScenarioVersionQuerySet":
        """Versions on which a new attempt may be opened, one for each code: the approved, else the tested one."""
        approved = ScenarioVersion.objects.approved().filter(code=models.OuterRef("code"))
        return self.filter(
            models.Q(state=VersionState.APPROVED) | models.Q(state=VersionState.TESTED) & ~models.Exists(approved)
        )


class ScenarioVersion(models.Model):
    """One row for every version of a deal scenario, with the whole text it was approved with.

    `content_hash` is the SHA-256 of `source`; every cache of something worked out from a scenario is
    keyed by it. `truths` holds what approval worked out once: the answers and the frontier that scoring
    reads. An approved row never changes again but for its state, when a newer version retires it.
    """

    holds_personal_data = False

    code = models.SlugField(_("code"), max_length=60)
    version = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=200)
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    content_hash = models.CharField(max_length=64, unique=True, editable=False)
    source = models.TextField(_("scenario file"))
    truths = models.JSONField(_("worked-out truths"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    uploaded_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="uploaded_scenarios"
    )
    created_at = models.DateTimeField()

    objects = ScenarioVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario version")
        verbose_name_plural = _("scenario versions")
        ordering = ("code", "-created_at")
        constraints = [
            models.UniqueConstraint(
                fields=("code", "version"),
                name="simulations_scenario_version_once",
                violation_error_message=_("A scenario uses a version number once."),
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=models.Q(state=VersionState.APPROVED),
                name="simulations_scenario_one_approved",
                violation_error_message=_("A scenario has one approved version at a time."),
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=models.Q(state=VersionState.TESTED),
                name="simulations_scenario_one_tested",
                violation_error_message=_("A scenario has one tested version at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"
