"""Compile every room's message catalogue; `.mo` files are made at set-up and never committed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

REPO_DIR = Path(__file__).resolve().parents[2]
ROOFS = ("lms", "courses", "simulations", "certificates", "cms")


def catalogues() -> Iterator[Path]:
    """Every `.po` file of the rooms."""
    for roof in ROOFS:
        yield from sorted((REPO_DIR / roof).rglob("locale/*/LC_MESSAGES/*.po"))


def compile_catalogues() -> int:
    """Write the `.mo` beside every `.po` and return how many there are."""
    count = 0
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        count += 1
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{compile_catalogues()} message catalogues compiled\n")
