from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode
from lms.schemes.enums import ModuleCode, SchemeState

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class Scheme(models.Model):
    """One row for every certification scheme that the platform carries."""

    holds_personal_data = False

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.name


class SchemeVersion(models.Model):
    """One row for every version of a scheme; a published one is never edited, rules change by a new version.

    `content_hash` is the SHA-256 of the data file it was loaded from, or of what the desk wrote.
    """

    holds_personal_data = False

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    effective_from = models.DateField()
    state = models.CharField(max_length=12, choices=SchemeState.choices, default=SchemeState.DRAFT)
    basis = models.TextField(blank=True)
    basis_en = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, unique=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # What differs from the usual study rules (lms.schemes.validators.StudyRules); nothing where all are usual.
    study_rules = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("scheme", "number"),
                name="schemes_version_number_once",
                violation_error_message=_("A scheme uses a version number once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def local_title(self) -> str:
        """Its title in the language now active."""
        return self.title_en if get_language() == "en" else self.title

    @property
    def local_basis(self) -> str:
        """What it rests on, in the language now active."""
        return self.basis_en if get_language() == "en" else self.basis


class Level(models.Model):
    """One row for every level of a scheme version, with its requirement tree.

    `requirements` is the tree as data: nodes {kind, code, title, title_en, children} and leaves {kind: leaf, code,
    fact, refs, at_least, count, per_ref_at_least, title, title_en, source}, documented in
    docs/reference/requirement-tree.md. `renewal` says how its certificates are renewed and reinstated, as data with
    two trees of its own; nothing where the version has no rules for it. Once `frozen`, the database refuses every
    change.
    """

    holds_personal_data = False

    version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="levels")
    code = models.CharField(max_length=12, choices=LEVEL_CHOICES)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    validity_years = models.PositiveSmallIntegerField(default=3)
    requirements = models.JSONField()
    renewal = models.JSONField(null=True, blank=True)
    # Set when its version is published.
    frozen = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("version", "code"),
                name="schemes_level_once_per_version",
                violation_error_message=_("A scheme version has each level once."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """Its name in the language now active."""
        return self.name_en if get_language() == "en" else self.name


class Module(models.Model):
    """One row for every module of a scheme version, with the class hours that it asks for where known."""

    holds_personal_data = False

    version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="modules")
    code = models.CharField(max_length=30, choices=ModuleCode.choices)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("version", "code"),
                name="schemes_module_once_per_version",
                violation_error_message=_("A scheme version has each module once."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Competency(models.Model):
    """One row for every competency C01 to C14 of a scheme version."""

    holds_personal_data = False

    version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="competencies")
    code = models.CharField(max_length=3)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("version", "code"),
                name="schemes_competency_once_per_version",
                violation_error_message=_("A scheme version has each competency once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
