"""What the pattern library adds to settings, here and in its tests."""

from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def wired(templates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The site's own templates, and those of the library."""
    (first, *others) = templates
    return [{**first, "DIRS": [*first.get("DIRS", []), HERE / "templates"]}, *others]
