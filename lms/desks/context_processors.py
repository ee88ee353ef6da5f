from typing import Any

from django.http import HttpRequest

from .chrome import Chrome


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the page frame shows about the visitor; nothing is asked until a template reads it."""
    return {"chrome": Chrome.of(request)}
