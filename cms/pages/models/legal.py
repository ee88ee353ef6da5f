from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.snippets.models import register_snippet

from cms.foundation.blocks import BodyBlock
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now

from .text import TextPage


class LegalIndexPage(TextPage):
    """One row for every list of legal texts, of which a site has one, at /legal/."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.LegalPage"]
    max_count = 1
    template = "pages/legal_index.html"

    class Meta:
        verbose_name = _("list of legal texts")
        verbose_name_plural = _("lists of legal texts")


class LegalPage(TextPage):
    """One row for every legal text (privacy, terms, accessibility). Its words are its versions; `body` stays empty."""

    holds_personal_data = False

    chinese_panels = [panel for panel in TextPage.chinese_panels if panel.field_name != "body"]
    english_panels = [panel for panel in TextPage.english_panels if panel.field_name != "body_en"]
    parent_page_types = ["pages.LegalIndexPage"]
    subpage_types: list[str] = []
    template = "pages/legal.html"

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")


class LegalVersionQuerySet(models.QuerySet["LegalVersion"]):
    """Words for finding versions of a legal text."""

    def valid_on(self, day: date) -> "LegalVersionQuerySet":
        """Versions that had begun to hold by `day`, the newest first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-number")


@register_snippet
class LegalVersion(models.Model):
    """One row for every version of a legal text. From the day it is valid it is never changed nor removed."""

    holds_personal_data = False

    page = models.ForeignKey(LegalPage, on_delete=models.PROTECT, related_name="versions", verbose_name=_("legal text"))
    number = models.PositiveSmallIntegerField(_("version number"))
    valid_from = models.DateField(_("valid from"))
    body = StreamField(BodyBlock(), verbose_name=_("text"))
    body_en = StreamField(BodyBlock(), verbose_name=_("English text"))
    changes = models.TextField(_("what changed"), max_length=400)
    changes_en = models.TextField(_("what changed, in English"), max_length=800)

    objects = LegalVersionQuerySet.as_manager()

    panels = [
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("valid_from")]),
        FieldPanel("changes"),
        FieldPanel("changes_en"),
        FieldPanel("body"),
        FieldPanel("body_en"),
    ]

    class Meta:
        verbose_name = _("version of a legal text")
        verbose_name_plural = _("versions of legal texts")
        ordering = ("page", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("page", "number"),
                name="pages_legalversion_number_once",
                violation_error_message=_("A legal text has a version number once."),
            ),
            models.UniqueConstraint(
                fields=("page", "valid_from"),
                name="pages_legalversion_day_once",
                violation_error_message=_("Two versions of a legal text do not begin on the same day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page.title} {self.number}"

    def clean(self) -> None:
        super().clean()
        if self.pk and self.is_frozen:
            raise ValidationError(_("This version is already valid. Write a new one with a later day."))

    @property
    def is_frozen(self) -> bool:
        """Whether the version as it is kept has begun to hold."""
        return type(self).objects.valid_on(localdate(now(), BEIJING)).filter(pk=self.pk).exists()

    @property
    def body_here(self) -> Any:
        """The words in the language now active."""
        return self.body_en if get_language() == "en" else self.body

    @property
    def changes_here(self) -> str:
        """What changed, in the language now active."""
        return self.changes_en if get_language() == "en" else self.changes
