from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.pages.enums import HelpAudience, HelpTopic

from .text import TextPage


class HelpIndexPage(TextPage):
    """One row for every help desk, of which a site has one, at /help/."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.HelpPage"]
    max_count = 1
    template = "pages/help_index.html"

    class Meta:
        verbose_name = _("help desk")
        verbose_name_plural = _("help desks")


class HelpPage(TextPage):
    """One row for every question that people ask; the title is the question, the summary the short answer."""

    holds_personal_data = False

    topic = models.CharField(_("topic"), max_length=12, choices=HelpTopic.choices)
    audience = models.CharField(
        _("audience"), max_length=12, choices=HelpAudience.choices, default=HelpAudience.EVERYBODY
    )

    shared_panels = [FieldRowPanel([FieldPanel("topic"), FieldPanel("audience")])]
    parent_page_types = ["pages.HelpIndexPage"]
    subpage_types: list[str] = []
    template = "pages/help.html"

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")

    def described(self, address: str) -> dict[str, Any]:
        """A question with its short answer, where there is one."""
        if not self.summary_here:
            return {}
        answer = {"@type": "Answer", "text": self.summary_here}
        question = {"@type": "Question", "name": self.title_here, "acceptedAnswer": answer}
        return {"@type": "FAQPage", "url": address, "mainEntity": [question]}
