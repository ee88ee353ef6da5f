"""Letting the kept menus, and the operator who stands under them, go when something changes."""

from django.core.cache import caches
from django.db import transaction
from wagtail.models import Site

from cms.foundation.selectors import menus, operator


def drop_menus() -> None:
    """Forget every menu and operator once what was changed is committed."""
    transaction.on_commit(_forget)


def _forget() -> None:
    sites = Site.objects.values_list("pk", "root_page_id")
    kept = [operator.KEY.format(site_id=site_id) for site_id, _root_id in sites]
    caches["visitors"].delete_many(kept + [menus.KEY.format(root_id=root_id) for _site_id, root_id in sites])
