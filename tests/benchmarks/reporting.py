"""How a benchmark says what it measured: `build/bench/<name>.json`, and the same document as its last line."""

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass

from lms.kernel.translations import REPO_DIR


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with its unit."""

    value: float
    unit: str


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=REPO_DIR, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def _machine() -> dict[str, object]:
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}


def report(name: str, figures: dict[str, Figure]) -> None:
    """Write the document and print it as one line."""
    document = {
        "name": name,
        "figures": {key: asdict(figure) for key, figure in figures.items()},
        "commit": _commit(),
        "machine": _machine(),
    }
    folder = REPO_DIR / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
