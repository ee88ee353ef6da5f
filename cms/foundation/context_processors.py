from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .selectors.menus import Menu
from .selectors.operator import operator_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Who runs the site, and its menu; asked only by pages that show them."""
    return {"operator": SimpleLazyObject(lambda: operator_of(request)), "menu": Menu(request)}
