"""Whether an address that an editor chose is free."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

TAKEN = _("The platform itself answers at this address, so nobody would ever see the page. Choose another.")


def refuse_taken_address(slug: str) -> None:
    """Refuse an address directly under the front door at which the platform, not a page, answers in Chinese."""
    with translation.override(settings.LANGUAGE_CODE):
        taken = any(_answers(f"{reverse('wagtail_serve', args=[''])}{place}") for place in (f"{slug}/", slug))
    if taken:
        raise ValidationError(TAKEN)


def _answers(address: str) -> bool:
    try:
        return resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False
