from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class CourseQuerySet(models.QuerySet["Course"]):
    """Words for finding courses."""

    def open(self) -> "CourseQuerySet":
        """Courses that have been published at least once, so that there is something to read."""
        return self.filter(current_version__isnull=False)


class Course(models.Model):
    """One row for every course that a training base teaches. Its words are on its page and in its versions.

    `current_version` is what the next person to enrol will read; those who are enrolled keep theirs.
    `prerequisites` is a requirement tree as levels have it (docs/reference/requirement-tree.md), or empty.
    """

    holds_personal_data = False

    code = models.SlugField(_("code"), max_length=60, unique=True)
    organisation = models.ForeignKey(
        "cohorts.Organisation",
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=_("organisation"),
    )
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    current_version = models.ForeignKey(
        "courses.CourseVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    prerequisites = models.JSONField(_("prerequisites"), default=dict, blank=True)
    premoderated = models.BooleanField(
        _("look at contributions first"),
        default=False,
        help_text=_("What trainees write in the discussion is shown after a moderator has let it through."),
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def is_announced(self) -> bool:
        """Whether its page is public, so that somebody new may take it up."""
        page = getattr(self, "page", None)
        return page is not None and page.live


class CourseVersion(models.Model):
    """One row for every content under which a course was ever published; added to, never edited.

    `outline` says what is counted: {schema, items: [{item_uid, title, title_en, kind, module, minutes,
    sections}]}. `body` holds the words themselves: {schema, items: {item_uid: [block, …]}}, documented in
    docs/reference/study-time.md. Nothing here points back to the editor's rows or their revisions.
    """

    holds_personal_data = False

    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    outline = models.JSONField()
    body = models.JSONField()
    content_hash = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        ordering = ("course", "-no")
        constraints = [
            models.UniqueConstraint(
                fields=("course", "no"),
                name="courses_version_number_once",
                violation_error_message=_("A course uses a version number once."),
            ),
            models.UniqueConstraint(
                fields=("course", "content_hash"),
                name="courses_version_content_once",
                violation_error_message=_("The same content of a course is one version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.no}"
