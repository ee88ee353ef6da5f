"""Both languages complete: sentences in the code against the rooms' Chinese catalogues.

`python -m tests.translations` checks; `--collect` brings every room's catalogue up to date.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib

from lms.kernel.translations import REPO_DIR, ROOFS, catalogues

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names that are the same in both languages, or written in both on purpose.
BILINGUAL = {"简体中文", "中文", "大字版"}
Key = tuple[str | None, str]


@dataclass(frozen=True)
class Complaint:
    """One sentence that is not right, and why."""

    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.why}: {self.text!r}"


def _makemessages(folder: Path) -> None:
    # By the script, not `-m`: a room's own `selectors` would hide Python's.
    django_admin = Path(sys.executable).with_name("django-admin")
    command = [django_admin, "makemessages", "-l", "zh_Hans", "--no-location", "--no-obsolete"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)


def sentences_in_code() -> dict[Key, polib.POEntry]:
    """Every translatable sentence in Python files and templates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for roof in ROOFS:
            for source in (REPO_DIR / roof).rglob("*"):
                if source.suffix in {".py", ".html", ".txt"} and "migrations" not in source.parts:
                    target = folder / source.relative_to(REPO_DIR)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target)
        (folder / "locale").mkdir()
        _makemessages(folder)
        found = polib.pofile(str(folder / "locale/zh_Hans/LC_MESSAGES/django.po"))
        return {(entry.msgctxt, entry.msgid): entry for entry in found}


def _translations() -> dict[Key, polib.POEntry]:
    return {
        (entry.msgctxt, entry.msgid): entry
        for path in catalogues()
        if "zh_Hans" in path.parts
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


@cache
def _all_wordings() -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = defaultdict(set)
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and not entry.msgid_plural:
                found[entry.msgctxt, entry.msgid].add(entry.msgstr)
    return found


def _wordings(key: Key) -> set[str]:
    """How the rooms say this sentence; Django merges their catalogues, so two ways are one too many."""
    return _all_wordings().get(key, set())


def _same_placeholders(entry: polib.POEntry) -> bool:
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    given = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
    return all(set(PLACEHOLDER.findall(text)) <= wanted for text in given) and (
        bool(entry.msgid_plural) or all(set(PLACEHOLDER.findall(text)) == wanted for text in given)
    )


def complaints() -> Iterator[Complaint]:
    """Sentences without a Chinese translation, with a doubtful one, or with no English original."""
    translated = _translations()
    for key in sentences_in_code():
        entry = translated.get(key)
        if entry is None or not entry.translated():
            yield Complaint(key[1], "no Chinese translation")
        elif entry.fuzzy:
            yield Complaint(key[1], "fuzzy")
        elif not _same_placeholders(entry):
            yield Complaint(key[1], "placeholders differ")
        elif len(_wordings(key)) > 1:
            yield Complaint(key[1], f"said in {len(_wordings(key))} ways, give one a context")
        if CHINESE.search(key[1]) and key[1] not in BILINGUAL:
            yield Complaint(key[1], "no English original")


def collect() -> None:
    """Run makemessages in every room, each with a catalogue of its own."""
    for config in sorted(path for roof in ROOFS for path in (REPO_DIR / roof).rglob("apps.py")):
        (config.parent / "locale").mkdir(exist_ok=True)
        _makemessages(config.parent)
    # Kernel and settings are no apps; their catalogue stands at lms/locale (LOCALE_PATHS).
    _makemessages_of_the_ground()


def _makemessages_of_the_ground() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("kernel", "settings"):
            shutil.copytree(REPO_DIR / "lms" / part, folder / part)
        shutil.copytree(REPO_DIR / "lms" / "locale", folder / "locale")
        _makemessages(folder)
        shutil.copytree(folder / "locale", REPO_DIR / "lms" / "locale", dirs_exist_ok=True)


def main() -> int:
    if "--collect" in sys.argv:
        collect()
        return 0
    found = list(complaints())
    for complaint in found:
        sys.stdout.write(f"{complaint}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
