from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class OperatorSettings(BaseSiteSetting):
    """One row for every site: who runs this platform, on what basis, and how to reach them."""

    holds_personal_data = False

    name = models.CharField(_("operator"), max_length=120, blank=True)
    name_en = models.CharField(_("operator in English"), max_length=160, blank=True)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    basis_en = models.CharField(_("basis in English"), max_length=240, blank=True)
    contact = models.CharField(_("contact and hours of service"), max_length=160, blank=True)
    contact_en = models.CharField(_("contact and hours in English"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("basis"), FieldPanel("basis_en")]),
        FieldRowPanel([FieldPanel("contact"), FieldPanel("contact_en")]),
    ]

    class Meta:
        verbose_name = _("operator of the site")
        verbose_name_plural = _("operators of the sites")

    def __str__(self) -> str:
        return self.name
