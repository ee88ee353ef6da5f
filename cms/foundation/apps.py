from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    name = "cms.foundation"
    label = "foundation"
    verbose_name = _("Site foundation")

    def ready(self) -> None:
        from cms.foundation import receivers  # noqa: F401, PLC0415 -- app ready
