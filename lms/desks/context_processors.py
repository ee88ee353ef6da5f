from typing import Any

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the page frame shows about the visitor: signed in as whom, in which role, which desks."""
    return {"chrome": {}}
