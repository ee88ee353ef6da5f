from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrivateFileQuerySet(models.QuerySet["PrivateFile"]):
    def of(self, owner: str) -> Self:
        """Files kept for one thing, newest first."""
        return self.filter(owner=owner).order_by("-stored_at", "-pk")

    def visible_to(self, user: Any) -> Self:
        """Nobody but superusers reads files from here; the room that stored one decides who else may."""
        return self if user.is_authenticated and user.is_superuser else self.none()


class PrivateFile(models.Model):
    """One row for every file that is never served by address: certificates, evidence, uploads.

    `owner` is a plain reference to the thing it belongs to (`certificates.certificate:7`). The row is no
    history: data protection may ask that a file be shredded. What must outlast the file (a certificate's
    hash) is kept by the owner.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "name": "the name under which its reader saves it",
        "path": "the content itself",
    }

    name = models.CharField(max_length=200)
    kind = models.SlugField(max_length=40)
    owner = models.CharField(max_length=160)
    path = models.CharField(max_length=200, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    stored_at = models.DateTimeField()

    objects = PrivateFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "owner", "sha256"),
                name="records_private_file_once",
                violation_error_message=_("The same content is kept once for an owner."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
