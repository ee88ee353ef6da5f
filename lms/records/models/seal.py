from django.db import models
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """One row for every time that a book was sealed: a Merkle root over the chains that had moved since the last seal.

    `hash` covers number, time, root and the seal before, so that the newest one, once published, fixes every line of
    the book. Added to, never edited.
    """

    holds_personal_data = False

    book = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    chains = models.PositiveIntegerField()
    # Lines of the whole book when it was sealed.
    lines = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        constraints = [
            models.UniqueConstraint(
                fields=("book", "number"),
                name="records_seal_once",
                violation_error_message=_("The seals of a book are numbered without a gap or a twin."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.number} {self.hash[:12]}"


class SealLeaf(models.Model):
    """One row for every chain under a seal: where it stood; added to, never edited."""

    holds_personal_data = False

    seal = models.ForeignKey("records.Seal", on_delete=models.PROTECT, related_name="leaves")
    place = models.PositiveIntegerField()
    owner = models.CharField(max_length=120, blank=True)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("leaf of a seal")
        verbose_name_plural = _("leaves of seals")
        indexes = [models.Index(fields=("owner", "seq"))]
        constraints = [
            models.UniqueConstraint(
                fields=("seal", "place"),
                name="records_seal_place_once",
                violation_error_message=_("A place under a seal is taken once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.place} {self.seq}"
