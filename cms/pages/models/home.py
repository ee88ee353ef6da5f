from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.foundation.models import BasePage
from cms.pages import blocks


class HomePage(BasePage):
    """One row for every front door, of which a site has one, at / and /en/. Its figures are read, never written."""

    holds_personal_data = False

    hero_title = models.CharField(_("title on the silk"), max_length=12)
    hero_title_en = models.CharField(_("title on the silk, in English"), max_length=48)
    lead = models.TextField(_("lead"), max_length=160)
    lead_en = models.TextField(_("lead in English"), max_length=360)
    calls = StreamField([("call", blocks.CallBlock())], min_num=1, max_num=2, verbose_name=_("buttons under the lead"))
    gates_title = models.CharField(_("heading of the gates"), max_length=20)
    gates_title_en = models.CharField(_("heading of the gates, in English"), max_length=60)
    gates = StreamField([("gate", blocks.GateBlock())], min_num=4, max_num=4, verbose_name=_("the four gates"))
    teaser_title = models.CharField(_("heading of the deal room"), max_length=20)
    teaser_title_en = models.CharField(_("heading of the deal room, in English"), max_length=60)
    teaser = models.TextField(_("text of the deal room"), max_length=200)
    teaser_en = models.TextField(_("text of the deal room, in English"), max_length=420)
    teaser_points = StreamField(
        [("point", blocks.PointBlock())], max_num=4, blank=True, verbose_name=_("points under it")
    )
    voice_a = models.CharField(_("what the side with the money says"), max_length=40)
    voice_a_en = models.CharField(_("what the side with the money says, in English"), max_length=90)
    voice_b = models.CharField(_("what the side with the technology says"), max_length=40)
    voice_b_en = models.CharField(_("what the side with the technology says, in English"), max_length=90)
    levels_title = models.CharField(_("heading of the levels"), max_length=20)
    levels_title_en = models.CharField(_("heading of the levels, in English"), max_length=60)
    levels = StreamField(
        [("level", blocks.LevelBlock())], max_num=3, blank=True, verbose_name=_("whom each level is for")
    )

    doors_title = models.CharField(_("heading of the entrances"), max_length=20, blank=True)
    doors_title_en = models.CharField(_("heading of the entrances, in English"), max_length=60, blank=True)
    doors = StreamField([("door", blocks.DoorBlock())], max_num=4, blank=True, verbose_name=_("entrances"))
    news_title = models.CharField(_("heading of the news"), max_length=20, blank=True)
    news_title_en = models.CharField(_("heading of the news, in English"), max_length=60, blank=True)

    chinese_panels = [
        *BasePage.chinese_panels,
        FieldPanel("hero_title"),
        FieldPanel("lead"),
        FieldPanel("gates_title"),
        FieldPanel("teaser_title"),
        FieldPanel("teaser"),
        FieldPanel("voice_a"),
        FieldPanel("voice_b"),
        FieldPanel("levels_title"),
        FieldPanel("doors_title"),
        FieldPanel("news_title"),
    ]
    english_panels = [
        *BasePage.english_panels,
        FieldPanel("hero_title_en"),
        FieldPanel("lead_en"),
        FieldPanel("gates_title_en"),
        FieldPanel("teaser_title_en"),
        FieldPanel("teaser_en"),
        FieldPanel("voice_a_en"),
        FieldPanel("voice_b_en"),
        FieldPanel("levels_title_en"),
        FieldPanel("doors_title_en"),
        FieldPanel("news_title_en"),
    ]
    shared_panels = [
        FieldPanel("calls"),
        FieldPanel("gates"),
        FieldPanel("teaser_points"),
        FieldPanel("levels"),
        FieldPanel("doors"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
