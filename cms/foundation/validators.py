"""Whether an address that an editor chose is free."""

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

TAKEN = _("The platform itself answers at this address, so nobody would ever see the page. Choose another.")


def refuse_taken_address(slug: str) -> None:
    """Refuse an address directly under the front door at which the platform, not a page, answers."""
    for place in (f"{slug}/", slug):
        try:
            match = resolve(f"{reverse('wagtail_serve', args=[''])}{place}")
        except Resolver404:
            continue
        if match.url_name != "wagtail_serve":
            raise ValidationError(TAKEN)
