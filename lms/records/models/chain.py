from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainHead(models.Model):
    """One row for every chain: how long it is and the hash of its last line.

    Its lines stand in the table of the room that wrote them. The row is also the lock under which the
    next line is added; the database lets it move forward by one line only.
    """

    holds_personal_data = False

    book = models.CharField(max_length=40)
    owner = models.CharField(max_length=120, blank=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("chain head")
        verbose_name_plural = _("chain heads")
        constraints = [
            models.UniqueConstraint(
                fields=("book", "owner"),
                name="records_chain_head_once",
                violation_error_message=_("An owner has one chain in a book."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.owner} {self.seq} {self.hash[:12]}"
