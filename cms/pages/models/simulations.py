from django.utils.translation import gettext_lazy as _

from .text import TextPage


class SimulationsPage(TextPage):
    """One row for every explanation of the simulations, of which a site has one. The cases on offer are read."""

    holds_personal_data = False

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "pages/simulations.html"

    class Meta:
        verbose_name = _("how the simulations work")
        verbose_name_plural = _("how the simulations work")
