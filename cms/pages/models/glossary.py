import unicodedata
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from .text import TextPage


def sort_key_of(pinyin: str) -> str:
    """Pinyin without tones, spaces and capitals: `jìshù jīnglǐrén` becomes `jishujingliren`."""
    bare = unicodedata.normalize("NFD", pinyin.casefold())
    return "".join(character for character in bare if "a" <= character <= "z" or character.isdigit())


@register_snippet
class GlossaryTerm(index.Indexed, models.Model):
    """One row for every term of the trade, in both languages, with where its meaning is taken from."""

    holds_personal_data = False

    term = models.CharField(_("term"), max_length=60, unique=True)
    term_en = models.CharField(_("English term"), max_length=120)
    pinyin = models.CharField(
        _("pinyin"),
        max_length=120,
        help_text=_("With tone marks; the glossary is ordered by it."),
        validators=[RegexValidator(r"^[A-Za-zÀ-ɏ]", _("Pinyin begins with a letter."))],
    )
    # Derived from the pinyin, so that the database can order and filter by it.
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    letter = models.CharField(max_length=1, editable=False, db_index=True)
    definition = models.TextField(_("definition"), max_length=600)
    definition_en = models.TextField(_("English definition"), max_length=1200)
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_en = models.CharField(_("source in English"), max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("term_en")]),
        FieldPanel("pinyin"),
        FieldPanel("definition"),
        FieldPanel("definition_en"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_en")]),
    ]
    search_fields = [
        index.SearchField("term", boost=4),
        index.SearchField("term_en", boost=4),
        index.SearchField("pinyin"),
        index.SearchField("definition"),
        index.SearchField("definition_en"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ("sort_key", "term")

    def __str__(self) -> str:
        return self.term

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key_of(self.pinyin)
        self.letter = self.sort_key[:1].upper()
        super().save(*args, **kwargs)

    @property
    def term_here(self) -> str:
        """The term in the language now active."""
        return self.term_en if get_language() == "en" else self.term

    @property
    def anchor(self) -> str:
        """Its place on the glossary page."""
        return f"term-{self.pk}"


class GlossaryPage(TextPage):
    """One row for every glossary, of which a site has one, at /glossary/; its terms are kept one by one."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "pages/glossary.html"

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    def described(self, address: str) -> dict[str, Any]:
        """A set of terms; each term has its own place on the page."""
        return {"@type": "DefinedTermSet", "url": address, "name": self.title_here, "description": self.summary_here}
