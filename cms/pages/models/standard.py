from django.utils.translation import gettext_lazy as _

from .text import TextPage


class StandardPage(TextPage):
    """One row for every page of plain text: about, contact, copyright."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "pages/standard.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
