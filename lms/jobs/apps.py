from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "lms.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        """Let every room name its handlers."""
        autodiscover_modules("tasks")
