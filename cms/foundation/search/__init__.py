"""The search backend: Wagtail's own database backends with the house's words (docs/reference/search.md)."""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 -- the framework's name
    """The backend of the engine that the default database runs on."""
    if connection.vendor == "postgresql":
        from .postgresql import BigramBackend  # noqa: PLC0415 -- one engine a process
    else:
        from .sqlite import BigramBackend  # noqa: PLC0415 -- one engine a process
    return BigramBackend(params)
