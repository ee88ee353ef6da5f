"""One stylesheet and one script a page for the browser, many small ones for us."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).resolve().parent / "static" / "design" / "css"
BUNDLE = "design/app.css"
PACKAGES = "site-packages"
_IMPORT = re.compile(r'^@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[a-z]+)\))?;$', re.MULTILINE)

_SCRIPT_IMPORT = re.compile(r'^import (?:\{ (?P<names>\w+(?:, \w+)*) \} from )?"\./(?P<file>[\w.-]+)";$', re.MULTILINE)
_SCRIPT_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>\w+))", re.MULTILINE)
_NOT_JOINED = re.compile(r"^(?:import|export)\b(?!\().*$", re.MULTILINE)


def bundled() -> str:
    """`app.css` with every import in its place, inside its layer: one request instead of one for every file."""
    return _IMPORT.sub(_in_place, (SOURCES / "app.css").read_text(encoding="utf-8"))


def _in_place(found: re.Match[str]) -> str:
    words = (SOURCES / found["file"]).read_text(encoding="utf-8").strip()
    return f"@layer {found['layer']} {{\n{words}\n}}" if found["layer"] else words


def joined(script: Path) -> str:
    """A script after all that it imports: every module once, closed off from the others, in the order of need."""
    modules: dict[Path, str] = {}
    words = _with_imports(script, modules)
    whole = "\n".join([*modules.values(), words])
    if left := _NOT_JOINED.search(_SCRIPT_EXPORT.sub("", whole)):
        raise ValueError(f"{script.name} cannot be joined: {left.group()}")
    return whole


def _with_imports(script: Path, modules: dict[Path, str]) -> str:
    def from_module(found: re.Match[str]) -> str:
        module = script.parent / found["file"]
        if module not in modules:
            modules[module] = _closed_off(module, modules)
        return f"const {{ {found['names']} }} = {_name(module)};" if found["names"] else ""

    return _SCRIPT_IMPORT.sub(from_module, script.read_text(encoding="utf-8"))


def _closed_off(module: Path, modules: dict[Path, str]) -> str:
    words = _with_imports(module, modules)
    offered = ", ".join(found["name"] for found in _SCRIPT_EXPORT.finditer(words))
    return f"const {_name(module)} = (() => {{\n{_SCRIPT_EXPORT.sub('', words)}\nreturn {{ {offered} }};\n}})();"


def _name(module: Path) -> str:
    return f"${module.stem.replace('-', '_')}"


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


class OneScript(BaseFinder):
    """Offers every script of ours that imports others as one file, under its own name.

    Modules that share state must hang on one entry: each entry carries its own copy of what it imports.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.JIQIAO_DATA_DIR) / "frontend")
        self.sources = AppDirectoriesFinder()

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        source = self.sources.find(path) if path.endswith(".js") else None
        found = [self._written(path, Path(source))] if source and _imports(Path(source)) else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path, storage in self.sources.list(ignore_patterns):
            source = Path(storage.path(path))
            if path.endswith(".js") and _imports(source):
                self._written(path, source)
                yield path, self.storage

    def _written(self, path: str, source: Path) -> str:
        target = Path(self.storage.path(path))
        words = joined(source)
        if not target.exists() or target.read_text(encoding="utf-8") != words:
            target.parent.mkdir(parents=True, exist_ok=True)
            made = target.with_suffix(".making")
            made.write_text(words, encoding="utf-8")
            made.replace(target)
        return str(target)


def _imports(source: Path) -> bool:
    return PACKAGES not in source.parts and bool(_SCRIPT_IMPORT.search(source.read_text(encoding="utf-8")))
