import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import Role, UploadState

from .organisation import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class RosterUploadQuerySet(models.QuerySet["RosterUpload"]):
    """Words for finding uploads."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Files for cohorts of a base that `user` manages."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(cohort__organisation__in=Organisation.objects.staffed_by(user, Role.BASE_MANAGER))


class RosterUpload(models.Model):
    """One row for every roster file that was looked at for a cohort, and what became of it.

    The file holds identity numbers, so it is kept enciphered. `report` is what was done with each row,
    by its number; it names nobody.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "name": "what the manager called the file",
        "file": "the roster as it was sent, enciphered, to answer later questions about an import",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="uploads")
    file = models.ForeignKey("records.PrivateFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=UploadState.choices, default=UploadState.PREVIEWED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)

    objects = RosterUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster upload")
        verbose_name_plural = _("roster uploads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=UploadState.PREVIEWED, settled_at__isnull=True)
                | (~models.Q(state=UploadState.PREVIEWED) & models.Q(settled_at__isnull=False)),
                name="cohorts_upload_settled_once",
                violation_error_message=_("A roster file is settled when it is written or given up."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
