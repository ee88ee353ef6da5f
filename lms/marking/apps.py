from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MarkingConfig(AppConfig):
    """Marks given by people: for exams, simulations and assignments alike."""

    name = "lms.marking"
    label = "marking"
    verbose_name = pgettext_lazy("room", "Marking")
