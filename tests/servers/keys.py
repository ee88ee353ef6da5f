"""What a migrated database depends on, as one short name: another name, and nothing that was kept is used."""

import ast
import hashlib
from collections.abc import Iterator
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings


def _ours(module: str) -> Path | None:
    """The file of a module of this house that a migration imports."""
    found = find_spec(module)
    origin = Path(found.origin) if found and found.origin else None
    return origin if origin and settings.REPO_DIR in origin.parents and ".venv" not in origin.parts else None


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def _files() -> Iterator[Path]:
    """Every migration, what of the house's own code each imports, and the files of data that each names."""
    for config in apps.get_app_configs():
        home = Path(config.path)
        data = [path for path in home.glob("data/**/*") if path.is_file()]
        for path in home.glob("migrations/*.py"):
            yield path
            source = path.read_text()
            yield from (file for module in _imported(source) if (file := _ours(module)))
            yield from (file for file in data if file.name in source)


def migrations_key() -> str:
    """Changes with any migration of any app, whatever one of ours reads, and any installed package."""
    digest = hashlib.sha256()
    for package in sorted(f"{each.name} {each.version}" for each in distributions()):
        digest.update(package.encode())
    for path in sorted(set(_files())):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
