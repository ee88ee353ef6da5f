"""What editors find of this room in the admin: courses and their lessons as snippets."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import Course, Lesson


class CourseViewSet(SnippetViewSet):
    """The plain record of a course; its words are on its page."""

    model = Course
    icon = "folder-open-inverse"
    list_display = ["code", "organisation", "level"]
    panels = [FieldPanel("code"), FieldPanel("organisation"), FieldPanel("level")]


class LessonViewSet(SnippetViewSet):
    """Lessons with drafts, locking and publishing."""

    model = Lesson
    icon = "doc-full"
    list_display = ["title", "course", "position", "module", "minutes"]
    list_filter = ["course", "module"]
    panels = [
        FieldPanel("course"),
        FieldPanel("position"),
        FieldPanel("title"),
        FieldPanel("title_en"),
        FieldPanel("module"),
        FieldPanel("minutes"),
        FieldPanel("kind"),
        FieldPanel("item_uid"),
        FieldPanel("body"),
    ]


register_snippet(CourseViewSet)
register_snippet(LessonViewSet)
