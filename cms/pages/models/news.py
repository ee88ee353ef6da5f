from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .text import TextPage


class NewsIndexPage(TextPage):
    """One row for every list of news, of which a site has one, at /news/."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]
    max_count = 1
    template = "pages/news_index.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(TextPage):
    """One row for every piece of news, dated by the day it tells of."""

    holds_personal_data = False

    date = models.DateField(_("date"), db_index=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(_("what the image shows"), max_length=200, blank=True)
    image_alt_en = models.CharField(_("what the image shows, in English"), max_length=300, blank=True)

    chinese_panels = [*TextPage.chinese_panels, FieldPanel("image_alt")]
    english_panels = [*TextPage.english_panels, FieldPanel("image_alt_en")]
    shared_panels = [FieldPanel("date"), FieldPanel("image")]
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news.html"
    share_kind = "article"

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt:
            raise ValidationError({"image_alt": _("Say what the image shows, for those who cannot see it.")})

    def described(self, address: str) -> dict[str, Any]:
        """An article of news with its day."""
        return {
            "@type": "NewsArticle",
            "url": address,
            "headline": self.title_here,
            "description": self.summary_here,
            "datePublished": self.date.isoformat(),
            "inLanguage": "en" if self.language_here == "en" else "zh-Hans",
        }
