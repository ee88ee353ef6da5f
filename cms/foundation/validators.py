"""What editors hand in: addresses that are free, files that are what their names say."""

import re
from pathlib import Path
from typing import Any

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

TAKEN = _("The platform itself answers at this address, so nobody would ever see the page. Choose another.")


def refuse_taken_address(slug: str) -> None:
    """Refuse an address directly under the front door at which the platform, not a page, answers in Chinese."""
    with translation.override(settings.LANGUAGE_CODE):
        taken = any(_answers(f"{reverse('wagtail_serve', args=[''])}{place}") for place in (f"{slug}/", slug))
    if taken:
        raise ValidationError(TAKEN)


def _answers(address: str) -> bool:
    try:
        return resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False


MB = 1024 * 1024
HEAD = 8192
# What the first bytes of a file speak of, by the end of its name; plain text has no such bytes.
HOLDS = {
    "pdf": ("application/pdf",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip"),
    "odt": ("application/vnd.oasis.opendocument.text", "application/zip"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "application/zip"),
    "mp4": ("video/mp4", "video/x-m4v"),
    "m4v": ("video/x-m4v", "video/mp4"),
    "webm": ("video/webm", "video/x-matroska"),
    "mp3": ("audio/mpeg",),
    "m4a": ("audio/mp4", "video/mp4"),
    "ogg": ("audio/ogg",),
    "wav": ("audio/x-wav",),
}
PLAIN = ("csv", "txt", "vtt")
MOST = {"mp4": 500 * MB, "m4v": 500 * MB, "webm": 500 * MB, "mp3": 100 * MB, "m4a": 100 * MB, "ogg": 100 * MB}
MOST |= {"wav": 100 * MB, "vtt": MB}
MOST_ELSE = 20 * MB
_MARKUP = re.compile(r"<\s*(?:!doctype|html|script|svg|iframe|object|embed|body|head|\?xml)", re.IGNORECASE)


def check_file(file: Any) -> None:
    """Refuse an uploaded file that is too large or holds something else than its name says, and say which."""
    ending = Path(file.name).suffix.lower().removeprefix(".")
    most = MOST.get(ending, MOST_ELSE)
    if file.size > most:
        raise ValidationError(
            _("The file is %(size)s; at most %(most)s are taken. Make it smaller first."),
            code="file-too-large",
            params={"size": filesizeformat(file.size), "most": filesizeformat(most)},
        )
    if ending in PLAIN:
        _check_plain(file)
    elif ending in HOLDS and _held(file) not in HOLDS[ending]:
        raise ValidationError(
            _("The name ends in .%(ending)s, but the file holds something else. Save it again as .%(ending)s."),
            code="file-of-another-kind",
            params={"ending": ending},
        )


def _held(file: Any) -> str:
    file.seek(0)
    guessed = filetype.guess(file.read(HEAD))
    file.seek(0)
    return guessed.mime if guessed else ""


def _check_plain(file: Any) -> None:
    file.seek(0)
    raw = file.read()
    file.seek(0)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ValidationError(
            _("The file is not written in UTF-8. Save it again as UTF-8 text."), code="file-not-utf-8"
        ) from fault
    if "\0" in text or _MARKUP.search(text):
        raise ValidationError(
            _("The file holds markup or script. Only plain text is taken under this name."), code="file-with-markup"
        )
