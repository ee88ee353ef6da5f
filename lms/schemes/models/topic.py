from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode
from lms.schemes.enums import Delivery, ModuleCode


class Topic(models.Model):
    """One row for every topic that a level of a scheme version teaches, with its class hours where they are known.

    `class_hours` is empty where no source gives a figure; `hours_source` says in every case where the figure comes
    from, or why there is none. `code` of an online topic is the `item_uid` of its lesson. Once `frozen`, the database
    refuses every change.
    """

    holds_personal_data = False

    version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="topics")
    level_code = models.CharField(max_length=12, choices=[(level.value, level.value) for level in LevelCode])
    module = models.CharField(max_length=30, choices=ModuleCode.choices)
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField()
    delivery = models.CharField(max_length=12, choices=Delivery.choices)
    class_hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    hours_source = models.CharField(max_length=200)
    hours_source_en = models.CharField(max_length=240)
    # Set when its version is published.
    frozen = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("version", "level_code", "code"),
                name="schemes_topic_once_per_level",
                violation_error_message=_("A level of a version has each topic once."),
            ),
            models.CheckConstraint(
                condition=models.Q(class_hours__isnull=True) | models.Q(class_hours__gt=0),
                name="schemes_topic_hours_positive",
                violation_error_message=_("Class hours of a topic are more than nothing, or not known."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """Its title in the language now active."""
        return self.title_en if get_language() == "en" else self.title

    @property
    def local_source(self) -> str:
        """Where its class hours come from, in the language now active."""
        return self.hours_source_en if get_language() == "en" else self.hours_source
