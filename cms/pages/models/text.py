from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.foundation.blocks import BodyBlock
from cms.foundation.models import BasePage


class TextPage(BasePage):
    """A page that an editor writes: a summary of one or two sentences, and a body of blocks, each twice.

    Fields: title, title_en, summary, summary_en, body, body_en, search_description, search_description_en,
    menu_title, menu_title_en, slug, show_in_menus.
    """

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    summary_en = models.TextField(_("English summary"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    body_en = StreamField(BodyBlock(), blank=True, verbose_name=_("English text"))

    chinese_panels = [*BasePage.chinese_panels, FieldPanel("summary"), FieldPanel("body")]
    english_panels = [*BasePage.english_panels, FieldPanel("summary_en"), FieldPanel("body_en")]

    class Meta:
        abstract = True

    @property
    def summary_here(self) -> str:
        """The summary in the language in which the page is shown."""
        return self.summary_en if self.language_here == "en" else self.summary

    @property
    def description_here(self) -> str:
        """What search engines show: written for them, or the summary."""
        return super().description_here or self.summary_here
