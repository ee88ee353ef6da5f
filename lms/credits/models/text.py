from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import Book


class LineText(models.Model):
    """One row for every ledger line that has words: the words, with the salt of the line's commitment.

    Kept apart so that data protection can erase words and salt; the line and its chain stay whole. Never changed.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"text": "may name a firm, an event or a contract"}

    book = models.CharField(max_length=8, choices=Book.choices)
    line = models.PositiveBigIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=64)
    text = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("words of a ledger line")
        verbose_name_plural = _("words of ledger lines")
        constraints = [
            models.UniqueConstraint(
                fields=("book", "line"),
                name="credits_text_once",
                violation_error_message=_("A ledger line has its words once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.line}"
