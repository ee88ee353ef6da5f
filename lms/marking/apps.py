from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarkingConfig(AppConfig):
    """Marks given by people: for exams, simulations and assignments alike."""

    name = "lms.marking"
    label = "marking"
    verbose_name = _("Marking")
