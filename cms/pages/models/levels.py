from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from lms.kernel.levels import LevelCode

from .text import TextPage


class LevelIndexPage(TextPage):
    """One row for every list of levels, of which a site has one, at /levels/."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.LevelPage"]
    max_count = 1
    template = "pages/level_index.html"

    class Meta:
        verbose_name = _("list of levels")
        verbose_name_plural = _("lists of levels")


class LevelPage(TextPage):
    """One row for every level, at /levels/<code>/. What it asks for is read from the scheme in force, never typed."""

    holds_personal_data = False

    level = models.CharField(
        _("level"), max_length=12, choices=[(code.value, code.value) for code in LevelCode], unique=True
    )

    shared_panels = [FieldPanel("level")]
    parent_page_types = ["pages.LevelIndexPage"]
    subpage_types: list[str] = []
    template = "pages/level.html"

    class Meta:
        verbose_name = _("level page")
        verbose_name_plural = _("level pages")
