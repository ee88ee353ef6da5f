from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.enums import DocumentKind


class Document(models.Model):
    """One row for every file made for a certificate, with the hash of its bytes.

    The bytes are in the private files; the hash outlasts them, so that a PDF that somebody hands in years
    later can still be told from a changed one.
    """

    holds_personal_data = False

    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=8, choices=DocumentKind.choices, default=DocumentKind.PDF)
    file = models.ForeignKey("records.PrivateFile", on_delete=models.SET_NULL, related_name="+", null=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        get_latest_by = "pk"
        constraints = [
            models.UniqueConstraint(
                fields=("certificate", "sha256"),
                name="certificates_document_once",
                violation_error_message=_("The same file is kept once for a certificate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind} {self.sha256[:12]}"
