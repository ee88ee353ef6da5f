"""One stylesheet for the browser, fifty small ones for us."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).resolve().parent / "static" / "design" / "css"
BUNDLE = "design/app.css"
_IMPORT = re.compile(r'^@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[a-z]+)\))?;$', re.MULTILINE)


def bundled() -> str:
    """`app.css` with every import in its place, inside its layer: one request instead of one for every file."""
    return _IMPORT.sub(_in_place, (SOURCES / "app.css").read_text(encoding="utf-8"))


def _in_place(found: re.Match[str]) -> str:
    words = (SOURCES / found["file"]).read_text(encoding="utf-8").strip()
    return f"@layer {found['layer']} {{\n{words}\n}}" if found["layer"] else words


class OneStylesheet(BaseFinder):
    """Offers `design/app.css`, written under the data directory whenever one of its parts is newer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.JIQIAO_DATA_DIR) / "frontend")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        found = [self._written()] if path == BUNDLE else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._written()
        yield BUNDLE, self.storage

    def _written(self) -> str:
        target = Path(self.storage.path(BUNDLE))
        newest = max(part.stat().st_mtime for part in SOURCES.rglob("*.css"))
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            made = target.with_suffix(".making")
            made.write_text(bundled(), encoding="utf-8")
            made.replace(target)
        return str(target)
