from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class CourseIndexPage(Page):
    """One row for the address /courses/ under which the public faces of all courses stand."""

    holds_personal_data = False

    title_en = models.CharField(_("English title"), max_length=160)
    introduction = models.TextField(_("introduction"), blank=True)
    introduction_en = models.TextField(_("English introduction"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("title_en"),
        FieldPanel("introduction"),
        FieldPanel("introduction_en"),
    ]
    subpage_types = ["courses.CoursePage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")


class CoursePage(Page):
    """One row for the public face of every course; publishing it freezes a version of the course."""

    holds_personal_data = False

    course = models.OneToOneField(
        "courses.Course", on_delete=models.PROTECT, related_name="page", verbose_name=_("course")
    )
    title_en = models.CharField(_("English title"), max_length=160)
    summary = models.TextField(_("summary"))
    summary_en = models.TextField(_("English summary"))
    audience = RichTextField(_("who it is for"), features=["bold", "ul"], blank=True)
    audience_en = RichTextField(_("who it is for, in English"), features=["bold", "ul"], blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("title_en"),
        FieldPanel("course"),
        FieldPanel("summary"),
        FieldPanel("summary_en"),
        FieldPanel("audience"),
        FieldPanel("audience_en"),
    ]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")
