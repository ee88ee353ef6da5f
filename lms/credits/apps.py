from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditsConfig(AppConfig):
    name = "lms.credits"
    label = "credits"
    verbose_name = _("Class hours and contribution credits")

    def ready(self) -> None:
        from lms.credits import receivers  # noqa: F401, PLC0415 -- app ready
