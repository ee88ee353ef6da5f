import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.marking.enums import LEAD_ROLES, MARKER_ROLES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class RubricQuerySet(models.QuerySet["Rubric"]):
    """Words for finding rubrics."""

    def visible_to(self, user: "User | AnonymousUser") -> "RubricQuerySet":
        """Rubrics of organisations at which one marks or leads."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(organisation__in=organisations_of(user, *MARKER_ROLES, *LEAD_ROLES))


class Rubric(models.Model):
    """One row for every rubric, whatever its wording today; what marks were given by is in its versions."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=80)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "code"),
                name="marking_rubric_code_once",
                violation_error_message=_("An organisation uses a rubric code once."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RubricVersion(models.Model):
    """One row for every wording of a rubric; never edited, scripts stay with the version they were given.

    `criteria` (schema 1): a list of {id, title, max, levels: [{points, text}]}, texts with an `_en` twin where
    there is one; points are decimals written as text. `max_points` is the sum of the criteria's.
    """

    holds_personal_data = False

    rubric = models.ForeignKey("marking.Rubric", on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField(_("version"))
    criteria = models.JSONField()
    max_points = models.DecimalField(max_digits=6, decimal_places=2)
    content_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rubric version")
        verbose_name_plural = _("rubric versions")
        constraints = [
            models.UniqueConstraint(
                fields=("rubric", "no"),
                name="marking_rubric_version_no_once",
                violation_error_message=_("A rubric uses a version number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(max_points__gt=0),
                name="marking_rubric_gives_points",
                violation_error_message=_("A rubric gives points."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubric_id} v{self.no}"
