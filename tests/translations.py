"""Both languages complete: sentences in the code, and those of the frameworks, against the Chinese catalogues.

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

import allauth
import django
import polib
from django.apps import apps as django_apps

from lms.kernel.translations import REPO_DIR, ROOFS, catalogues

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sdr]|\{\w+\}")
TAG = re.compile(r"<[^>]+>")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FRAMEWORKS_DIR = REPO_DIR / "lms/frameworks/locale/zh_Hans/LC_MESSAGES"
# Names that are the same in both languages, or written in both on purpose.
BILINGUAL = {"简体中文", "中文", "大字版"}
# Where the house has a better word than the framework, it stands on the framework's pages too.
OURS_EVERYWHERE = {
    ", ",
    "Accounts",
    "Active",
    "All",
    "Apply filters",
    "Approve",
    "Approved",
    "English",
    "For search engines",
    "Image",
    "New",
    "Next",
    "Note",
    "Previous",
    "Show",
    "Site",
    "Text",
    "Updated",
    "document",
    "documents",
    "name",
}
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


def framework_catalogues() -> Iterator[tuple[Path, Path]]:
    """The English and the Chinese catalogue of every framework app that is switched on, and of Django itself."""
    apps = [Path(config.path) for config in django_apps.get_app_configs() if "site-packages" in config.path]
    for base in [*apps, Path(django.__file__).parent / "conf", Path(allauth.__file__).parent]:
        for english in sorted(base.glob("locale/en/LC_MESSAGES/*.po")):
            yield english, base / "locale/zh_Hans/LC_MESSAGES" / english.name


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    found = polib.pofile(str(path)) if path.exists() else []
    return {(entry.msgctxt, entry.msgid): entry for entry in found if not entry.obsolete}


def _same_tags(entry: polib.POEntry) -> bool:
    wanted = sorted(TAG.findall(entry.msgid_plural or entry.msgid))
    given = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
    return all(sorted(TAG.findall(text)) == wanted for text in given)


def _said_by_frameworks() -> dict[tuple[str, Key], polib.POEntry]:
    """What the frameworks themselves say in Chinese; Django merges their catalogues too."""
    return {
        (chinese.name, key): entry
        for _english, chinese in framework_catalogues()
        for key, entry in _entries(chinese).items()
        if entry.translated() and _same_placeholders(entry)
    }


def _asked_by_frameworks() -> dict[tuple[str, Key], str]:
    """What the frameworks say in English, and who asks for it."""
    return {
        (english.name, key): english.parents[3].name
        for english, _chinese in framework_catalogues()
        for key in _entries(english)
    }


def framework_complaints() -> Iterator[Complaint]:
    """Sentences of the editor's and the sign-in pages that a reader of Chinese would meet in English."""
    rooms = {("django.po", key): entry for key, entry in _translations().items() if entry.translated()}
    scripts = {("djangojs.po", key): entry for key, entry in _entries(FRAMEWORKS_DIR / "djangojs.po").items()}
    ours, theirs = {**rooms, **scripts}, _said_by_frameworks()
    for place, asker in _asked_by_frameworks().items():
        own = ours.get(place)
        if own is None and place not in theirs:
            yield Complaint(place[1][1], f"{asker} has no Chinese, or one with other placeholders")
        elif own and not (own.translated() and _same_placeholders(own) and _same_tags(own)):
            yield Complaint(place[1][1], "fuzzy, or placeholders or tags differ")


def needless_fills() -> Iterator[Complaint]:
    """What we say for the frameworks although nobody asks for it any more, or they say it themselves."""
    asked, said = _asked_by_frameworks(), _said_by_frameworks()
    for path in sorted(FRAMEWORKS_DIR.glob("*.po")):
        for key in _entries(path):
            if (path.name, key) not in asked:
                yield Complaint(key[1], "no framework says this")
            elif (path.name, key) in said:
                yield Complaint(key[1], "the framework says this in Chinese itself")


def changed_for_the_editor() -> Iterator[Complaint]:
    """Sentences of a room that change what a framework's page says; they need a context of their own."""
    said = _said_by_frameworks()
    for key, wordings in _all_wordings().items():
        theirs = said.get(("django.po", key))
        if theirs and key[1] not in OURS_EVERYWHERE and wordings != {theirs.msgstr}:
            yield Complaint(
                key[1], f"says {' / '.join(sorted(wordings))} on the frameworks' pages, not {theirs.msgstr}"
            )


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
    django.setup()
    found = [*complaints(), *framework_complaints(), *needless_fills(), *changed_for_the_editor()]
    for complaint in found:
        sys.stdout.write(f"{complaint}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
