from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .selectors.operator import operator_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Who runs the site; asked only by pages that say it."""
    return {"operator": SimpleLazyObject(lambda: operator_of(request))}
