import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import BANK_ROLES, QuestionFormat, UploadState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class QuestionUploadQuerySet(models.QuerySet["QuestionUpload"]):
    """Words for finding uploads."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Files for banks of organisations at which one writes questions."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(bank__organisation__in=organisations_of(user, *BANK_ROLES))


class QuestionUpload(models.Model):
    """One row for every file of questions that was looked at for a bank, and what became of it.

    `report` is what was done with each question, by its short name, in the words of the person who wrote it.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "uploaded_by": "who brought the questions",
        "name": "what the author called the file",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey("exams.QuestionBank", on_delete=models.PROTECT, related_name="uploads")
    file = models.ForeignKey("records.PrivateFile", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(_("format"), max_length=12, choices=QuestionFormat.choices)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=UploadState.choices, default=UploadState.PREVIEWED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)

    objects = QuestionUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("question upload")
        verbose_name_plural = _("question uploads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=UploadState.PREVIEWED, settled_at__isnull=True)
                | (~models.Q(state=UploadState.PREVIEWED) & models.Q(settled_at__isnull=False)),
                name="exams_upload_settled_once",
                violation_error_message=_("A file of questions is settled when it is written or given up."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
