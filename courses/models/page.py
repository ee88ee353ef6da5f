from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.foundation.models import BasePage

if TYPE_CHECKING:
    from wagtail.models import Workflow
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now


class CourseIndexPage(BasePage):
    """One row for every list of courses, of which a site has one, at /courses/, with the course pages under it."""

    holds_personal_data = False

    introduction = models.TextField(_("introduction"), blank=True)
    introduction_en = models.TextField(_("English introduction"), blank=True)

    chinese_panels = [*BasePage.chinese_panels, FieldPanel("introduction")]
    english_panels = [*BasePage.english_panels, FieldPanel("introduction_en")]
    subpage_types = ["courses.CoursePage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")

    @property
    def summary_here(self) -> str:
        """The introduction in the language in which the page is shown."""
        return self.introduction_en if self.language_here == "en" else self.introduction

    @property
    def description_here(self) -> str:
        """What search engines show: written for them, or the introduction."""
        return super().description_here or self.summary_here


class CoursePage(BasePage):
    """One row for every course's public face; publishing it freezes a version of the course."""

    holds_personal_data = False

    course = models.OneToOneField(
        "courses.Course", on_delete=models.PROTECT, related_name="page", verbose_name=_("course")
    )
    summary = models.TextField(_("summary"))
    summary_en = models.TextField(_("English summary"))
    audience = RichTextField(_("who it is for"), features=["bold", "ul"], blank=True)
    audience_en = RichTextField(_("who it is for, in English"), features=["bold", "ul"], blank=True)

    chinese_panels = [*BasePage.chinese_panels, FieldPanel("summary"), FieldPanel("audience")]
    english_panels = [*BasePage.english_panels, FieldPanel("summary_en"), FieldPanel("audience_en")]
    shared_panels = [FieldPanel("course")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    @property
    def has_lessons(self) -> bool:
        """Whether there is anything to read once it is published."""
        return self.course.lessons.filter(live=True).exists()

    def get_workflow(self) -> "Workflow | None":
        """Differs from core: a course without lessons is not handed in for review, since nobody could publish it."""
        return super().get_workflow() if self.pk is None or self.has_lessons else None

    @property
    def summary_here(self) -> str:
        """The summary in the language in which the page is shown."""
        return self.summary_en if self.language_here == "en" else self.summary

    @property
    def audience_here(self) -> str:
        """Who the course is for, in the language in which the page is shown."""
        return self.audience_en if self.language_here == "en" else self.audience

    @property
    def description_here(self) -> str:
        """What search engines show: written for them, or the summary."""
        return super().description_here or self.summary_here

    def described(self, address: str) -> dict[str, Any]:
        """A course, who gives it, and on which occasions."""
        base = self.course.organisation
        current = self.course.offerings.not_over(now().astimezone(BEIJING).date()).select_related("organisation")
        offered = [offering.described() for offering in current]
        return {
            "@type": "Course",
            "url": address,
            "name": self.title_here,
            "description": self.summary_here,
            "inLanguage": "zh-Hans",
            "provider": {"@type": "Organization", "name": base.local_name},
            **({"hasCourseInstance": offered} if offered else {}),
        }
