from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "lms.exams"
    label = "exams"
    verbose_name = _("Exams")

    def ready(self) -> None:
        from lms.exams import receivers  # noqa: F401, PLC0415 -- app ready
