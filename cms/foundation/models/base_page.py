from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.models import Page


class BasePage(Page):
    """What every public page has: its words twice, in Chinese and in English, on one row.

    Differs from core: a page lives once in the tree and answers under `/…` and `/en/…`; a field `x` is
    Chinese, its twin `x_en` English (docs/decisions/0011). Subclasses list their panels by language.
    """

    title_en = models.CharField(_("English title"), max_length=255)
    search_description_en = models.TextField(_("English description for search engines"), blank=True)

    chinese_panels: list[Panel] = [FieldPanel("title", classname="title")]
    english_panels: list[Panel] = [FieldPanel("title_en", classname="title")]
    shared_panels: list[Panel] = []
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("search_description_en"),
            ],
            _("For search engines"),
        )
    ]

    class Meta:
        abstract = True

    @classmethod
    def get_edit_handler(cls) -> Panel:
        """Tabs by language, so that an editor sees at once which twin is missing."""
        tabs = [
            ObjectList(cls.chinese_panels, heading=_("Chinese")),
            ObjectList(cls.english_panels, heading=_("English")),
        ]
        if cls.shared_panels:
            tabs.append(ObjectList(cls.shared_panels, heading=_("Both languages")))
        tabs.append(ObjectList(cls.promote_panels, heading=_("Address and search")))
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    @property
    def title_here(self) -> str:
        """The title in the language now active."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def description_here(self) -> str:
        """The description for search engines in the language now active."""
        if get_language() == "en" and self.search_description_en:
            return self.search_description_en
        return self.search_description
