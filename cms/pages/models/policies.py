from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.models import register_snippet

from cms.foundation.blocks import PLAIN_FEATURES
from cms.foundation.models import BasePage
from cms.pages.enums import Evidence, LegalStatus, PolicyKind

from .named import Named
from .text import TextPage


@register_snippet
class Jurisdiction(Named):  # type: ignore[django-manager-missing]  # a manager of pages
    """One row for every state, province or city whose law the library holds; `code` stands in addresses."""

    holds_personal_data = False

    class Meta(Named.Meta):
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")


@register_snippet
class PolicyTopic(Named):
    """One row for every topic by which the policy library is searched; `code` stands in addresses."""

    holds_personal_data = False

    class Meta(Named.Meta):
        verbose_name = _("policy topic")
        verbose_name_plural = _("policy topics")


class ArticleBlock(blocks.StructBlock):
    """One article of a law that matters to a technology manager, in our own words."""

    number = blocks.CharBlock(max_length=40, label=_("Article"))
    words = blocks.RichTextBlock(features=["bold", "ul"], label=_("What it says, in our own words"))

    class Meta:
        icon = "list-ul"
        label = _("Article")


class PolicyIndexPage(TextPage):
    """One row for every policy library, of which a site has one, at /policies/."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.PolicyPage"]
    max_count = 1
    template = "pages/policy_index.html"

    class Meta:
        verbose_name = _("policy library")
        verbose_name_plural = _("policy libraries")


class PolicyPage(BasePage):
    """One row for every law or policy: where it stands, from when to when, and what it says in our own words.

    The title is the name of the law. Whether it is in force on a day is read from its two dates where they are
    known; `legal_status` and `evidence` say what is known besides.
    """

    holds_personal_data = False

    issuer = models.CharField(_("issuing body"), max_length=160)
    issuer_en = models.CharField(_("issuing body in English"), max_length=240, blank=True)
    # The number under which a text was published is the same wherever it is quoted.
    same_in_english = ("number",)
    kind = models.CharField(_("kind of text"), max_length=24, choices=PolicyKind.choices)
    number = models.CharField(_("document number"), max_length=120, blank=True)
    number_en = models.CharField(_("document number in English"), max_length=200, blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="policies", verbose_name=_("jurisdiction")
    )
    topics = ParentalManyToManyField(PolicyTopic, blank=True, related_name="policies", verbose_name=_("topics"))
    legal_status = models.CharField(_("legal status"), max_length=12, choices=LegalStatus.choices)
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, db_index=True, help_text=_("Empty: not known from the text at hand.")
    )
    valid_until = models.DateField(
        _("last day in force"), null=True, blank=True, help_text=_("Empty: in force without an end.")
    )
    evidence = models.CharField(_("compared with"), max_length=12, choices=Evidence.choices)
    source_url = models.URLField(_("address of the official text"), max_length=400, blank=True)
    as_of = models.DateField(
        _("checked on"), help_text=_("The day on which somebody last compared it with the source.")
    )
    summary = RichTextField(_("summary in our own words"), features=PLAIN_FEATURES)
    summary_en = RichTextField(_("English summary"), features=PLAIN_FEATURES, blank=True)
    articles = StreamField([("article", ArticleBlock())], blank=True, verbose_name=_("articles that matter"))
    articles_en = StreamField(
        [("article", ArticleBlock())], blank=True, verbose_name=_("articles that matter, in English")
    )

    chinese_panels = [
        *BasePage.chinese_panels,
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("number")]),
        FieldPanel("summary"),
        FieldPanel("articles"),
    ]
    english_panels = [
        *BasePage.english_panels,
        FieldRowPanel([FieldPanel("issuer_en"), FieldPanel("number_en")]),
        FieldPanel("summary_en"),
        FieldPanel("articles_en"),
    ]
    shared_panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("jurisdiction")]),
        FieldPanel("topics"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldRowPanel([FieldPanel("legal_status"), FieldPanel("evidence")]),
        FieldRowPanel([FieldPanel("source_url"), FieldPanel("as_of")]),
    ]
    parent_page_types = ["pages.PolicyIndexPage"]
    subpage_types: list[str] = []
    template = "pages/policy.html"

    class Meta:
        verbose_name = _("law or policy")
        verbose_name_plural = _("laws and policies")

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day in force is not before the first.")})

    @property
    def description_here(self) -> str:
        """What search engines show: written for them, or the summary without its mark-up."""
        summary = self.summary_en if self.language_here == "en" else self.summary
        return super().description_here or Truncator(strip_tags(summary)).chars(160)

    def described(self, address: str) -> dict[str, Any]:
        """A law with its number and dates, as far as they are known."""
        english = self.language_here == "en"
        known = {
            "legislationIdentifier": self.number_en if english else self.number,
            "legislationDateOfApplicability": self.valid_from.isoformat() if self.valid_from else "",
        }
        return {
            "@type": "Legislation",
            "url": address,
            "name": self.title_here,
            "description": self.description_here,
            **{name: value for name, value in known.items() if value},
        }

    def in_force_on(self, day: date) -> bool:
        """Whether its dates say that it binds on `day`; the last day counts, and an unknown first day says nothing."""
        return (
            self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )
