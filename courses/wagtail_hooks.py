"""What editors find of this room in the admin: courses and their lessons, and what they are told on publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.foundation.selectors.reviews import needs_a_second_person
from courses.forms.courses import CourseForm
from courses.models import Course, CoursePage, Lesson
from courses.services.publishing import NothingToFreeze


class CourseViewSet(SnippetViewSet):
    """The plain record of a course; its words are on its page."""

    model = Course
    icon = "folder-open-inverse"
    list_display = ["code", "organisation", "level"]
    edit_handler = ObjectList(
        [FieldPanel("code"), FieldPanel("organisation"), FieldPanel("level"), FieldPanel("premoderated")],
        base_form_class=CourseForm,
    )


class LessonViewSet(SnippetViewSet):
    """Lessons with drafts, review, preview, locking and publishing; one tab a language."""

    model = Lesson
    icon = "doc-full"
    list_display = ["title", "course", "position", "module", "minutes"]
    list_filter = ["course", "module"]
    ordering = ["course", "position"]
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("title"), FieldPanel("body")], heading=gettext_lazy("Chinese")),
            ObjectList([FieldPanel("title_en"), FieldPanel("body_en")], heading=gettext_lazy("English")),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("course"), FieldPanel("position")]),
                    FieldRowPanel([FieldPanel("module"), FieldPanel("topic")]),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("minutes")]),
                    FieldPanel("item_uid"),
                    FieldPanel("facts"),
                ],
                heading=gettext_lazy("Place in the course"),
            ),
        ]
    )


register_snippet(CourseViewSet)
register_snippet(LessonViewSet)


@hooks.register("before_publish")
def ask_a_second_person_for_lessons(request: HttpRequest, lesson: Any) -> HttpResponse | None:
    """Keep the draft of a lesson and say what to do, where somebody would let out their own text."""
    if not isinstance(lesson, Lesson) or not needs_a_second_person(request.user, lesson):
        return None
    messages.warning(
        request,
        _("Saved as a draft. Nobody approves their own text: submit it for review, and another person publishes it."),
    )
    return redirect(lesson.snippet_viewset.get_url_name("edit"), lesson.pk)


@hooks.register("after_publish")
def lead_to_the_course_page(request: HttpRequest, lesson: Any) -> None:
    """A published lesson is ready; learners read it once the course page is published again."""
    if not isinstance(lesson, Lesson):
        return
    page = CoursePage.objects.filter(course=lesson.course_id).first()
    if page is None:
        messages.info(
            request, _("The lesson is ready. It reaches learners when the course has a page and that is published.")
        )
        return
    link = format_html('<a href="{}">{}</a>', reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title)
    said = _("The lesson is ready. It reaches learners when the course page is published again: {page}")
    messages.info(request, format_html(escape(said), page=link))


@hooks.register("before_publish_page", order=-1)
def refuse_a_course_of_no_lessons(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the draft and say why, where a course would be published that has nothing to read."""
    if not isinstance(page, CoursePage) or page.has_lessons:
        return None
    messages.error(request, _("Saved as a draft. %(reason)s") % {"reason": NothingToFreeze()})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page")
def tell_of_a_course_of_no_lessons(request: HttpRequest, page: Page) -> None:
    """On opening the page of a course without lessons: why there is neither a way to publish nor to hand it in."""
    if request.method == "GET" and isinstance(page, CoursePage) and not page.has_lessons:
        messages.info(request, str(NothingToFreeze()))
