"""Letting the kept menus go when the tree changes."""

from django.core.cache import caches
from django.db import transaction
from wagtail.models import Site

from cms.foundation.selectors.menus import KEY


def drop_menus() -> None:
    """Forget every menu once what was changed is committed."""
    transaction.on_commit(_forget)


def _forget() -> None:
    roots = Site.objects.values_list("root_page_id", flat=True)
    caches["visitors"].delete_many([KEY.format(root_id=root_id) for root_id in roots])
