import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from courses.blocks import LessonStreamBlock
from courses.enums import ItemKind
from lms.schemes.enums import ModuleCode

if TYPE_CHECKING:
    from django.http import HttpRequest


def new_item_uid() -> str:
    """An identifier of ours: block ids of the framework are copied, lost and doubled, and nothing counts on them."""
    return uuid.uuid4().hex[:12]


class Lesson(PreviewableMixin, WorkflowMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One row for every lesson as editors prepare it. Learners never read it: they read frozen versions.

    Publishing a lesson makes it ready; publishing the course page releases all ready lessons as a version.
    """

    holds_personal_data = False

    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="lessons", verbose_name=_("course")
    )
    item_uid = models.SlugField(
        _("item identifier"),
        max_length=40,
        default=new_item_uid,
        help_text=_("Progress and class hours hang on it. Never change it after publishing."),
    )
    position = models.PositiveSmallIntegerField(_("position in the course"))
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind.choices, default=ItemKind.READING)
    module = models.CharField(_("module"), max_length=30, choices=ModuleCode.choices)
    minutes = models.PositiveSmallIntegerField(
        _("declared minutes"), validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    topic = models.SlugField(
        _("topic of the curriculum"), max_length=60, blank=True, help_text=_("The code of a topic of the scheme.")
    )
    facts = models.JSONField(
        _("facts"),
        default=list,
        blank=True,
        help_text=_("Identifiers of the registry of facts on which the lesson rests."),
    )
    body = StreamField(LessonStreamBlock(), verbose_name=_("text"))
    body_en = StreamField(LessonStreamBlock(required=False), verbose_name=_("English text"), blank=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="lesson")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="lesson",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ("course", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("course", "item_uid"),
                name="courses_item_uid_once_per_course",
                violation_error_message=_("An item identifier is used once in a course."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1),
                name="courses_lesson_takes_time",
                violation_error_message=_("A lesson declares at least one minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> GenericRelation:
        """The drafts of this lesson, as the framework expects to find them."""
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Editors look at either language; learners get the English where it is there."""
        return [("zh-hans", gettext("Chinese")), ("en", gettext("English"))]

    def get_preview_template(self, request: "HttpRequest", mode_name: str) -> str:
        """The lesson as it will be read, from the draft."""
        return "courses/lesson_preview.html"

    def get_preview_context(self, request: "HttpRequest", mode_name: str) -> dict[str, Any]:
        """The draft and the words of the language that the editor wants to see."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        english = mode_name == "en"
        return {**context, "lesson": self, "english": english, "body": self.body_en if english else self.body}

    def clean(self) -> None:
        """Whatever is published is whole: alternative texts, right answers, table shapes, in both languages."""
        super().clean()
        for name in ("body", "body_en"):
            self._clean_blocks(name)
        kinds = {block.block_type for block in self.body}
        if self.kind != ItemKind.READING and self.kind not in kinds:
            raise ValidationError({"kind": _("Time is counted on a recording, and the lesson has none of this kind.")})

    def _clean_blocks(self, name: str) -> None:
        """Say in words of ours that something is missing; the blocks say themselves what."""
        body = getattr(self, name)
        try:
            body.stream_block.clean(body)
        except ValidationError as error:
            error.message = gettext("Something is missing or wrong in the blocks. The marks beside them say what.")
            raise ValidationError({name: error}) from error
