from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from cms.foundation.blocks import PLAIN_FEATURES

from .text import TextPage


class BasesIndexPage(TextPage):
    """One row for every list of training bases, of which a site has one, at /bases/."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.TrainingBasePage"]
    max_count = 1
    template = "pages/bases_index.html"

    class Meta:
        verbose_name = _("list of training bases")
        verbose_name_plural = _("lists of training bases")


class TrainingBasePage(TextPage):
    """One row for every training base's public face. Its courses and open cohorts are read, never typed."""

    holds_personal_data = False

    organisation = models.OneToOneField(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="base_page", verbose_name=_("training base")
    )
    city = models.CharField(_("city"), max_length=60)
    city_en = models.CharField(_("city in English"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=160)
    address_en = models.CharField(_("address in English"), max_length=240, blank=True)
    directions = RichTextField(_("how to get there"), features=PLAIN_FEATURES, blank=True)
    directions_en = RichTextField(_("how to get there, in English"), features=PLAIN_FEATURES, blank=True)

    chinese_panels = [
        *TextPage.chinese_panels,
        FieldRowPanel([FieldPanel("city"), FieldPanel("address")]),
        FieldPanel("directions"),
    ]
    english_panels = [
        *TextPage.english_panels,
        FieldRowPanel([FieldPanel("city_en"), FieldPanel("address_en")]),
        FieldPanel("directions_en"),
    ]
    shared_panels = [FieldPanel("organisation")]
    parent_page_types = ["pages.BasesIndexPage"]
    subpage_types: list[str] = []
    template = "pages/training_base.html"

    class Meta:
        verbose_name = _("training base")
        verbose_name_plural = _("training bases")

    def described(self, address: str) -> dict[str, Any]:
        """A training base with its address."""
        english = self.language_here == "en"
        place = {
            "@type": "PostalAddress",
            "addressLocality": self.city_en if english else self.city,
            "streetAddress": self.address_en if english else self.address,
        }
        return {"@type": "EducationalOrganization", "url": address, "name": self.title_here, "address": place}
