"""What of outside a lesson takes in: addresses, recordings, captions. Files are known by what they hold."""

import re
from typing import Any
from urllib.parse import urlsplit

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What browsers of today play without a plug-in.
PLAYABLE = {
    "video": ("video/mp4", "video/webm", "video/x-m4v"),
    "audio": ("audio/mpeg", "audio/mp4", "audio/ogg", "audio/x-wav", "video/mp4", "audio/webm"),
}
HEAD = 8192
CAPTIONS_MOST = 1024 * 1024
_TIMES = re.compile(
    r"^((?:\d+:)?\d\d:\d\d\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d\d:\d\d\.\d{3})(?:[ \t].*)?$", re.MULTILINE
)
_TAGS = re.compile(r"</?(?!(?:b|i|u|c|v|lang|ruby|rt)[\s.>]|\d\d:)[a-zA-Z!?/][^>]*>?")


def check_secure_address(address: str) -> None:
    """An address that leads out of a lesson is one of https."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise ValidationError(_("An address out of a lesson begins with https:// and names a host."))


def check_media_address(address: str) -> None:
    """A recording elsewhere stands on a host that the operator allowed; the page's policy blocks every other."""
    check_secure_address(address)
    host = urlsplit(address).hostname or ""
    if host not in settings.LESSON_MEDIA_HOSTS:
        allowed = ", ".join(settings.LESSON_MEDIA_HOSTS)
        sentence = (
            _("Recordings are taken from these hosts: %(hosts)s. Upload the file instead, or ask the operator.")
            if allowed
            else _("No host for recordings is allowed here. Upload the file instead, or ask the operator.")
        )
        raise ValidationError(sentence, params={"hosts": allowed})


def check_recording_file(file: Any, kind: str) -> None:
    """The file holds what browsers play as `kind` (`video` or `audio`), whatever its name says."""
    found = kind_of(file)
    if found not in PLAYABLE[kind]:
        sentence = (
            _("This file is no MP4 or WebM video. Convert it first.")
            if kind == "video"
            else _("This file is no MP3, M4A, Ogg or WAV recording. Convert it first.")
        )
        raise ValidationError(sentence)


def kind_of(file: Any) -> str:
    """The media type that the first bytes of an open or stored file speak of; empty where they speak of none."""
    with file.open("rb") as opened:
        guessed = filetype.guess(opened.read(HEAD))
    return guessed.mime if guessed else ""


def check_captions_file(file: Any) -> None:
    """The file holds WebVTT captions as this platform serves them."""
    if file.size > CAPTIONS_MOST:
        raise ValidationError(_("Captions are at most 1 MB of text."))
    with file.open("rb") as opened:
        captions_in(opened.read())


def captions_in(raw: bytes) -> str:
    """The captions as text: UTF-8, WebVTT, at least one cue, times that go forward, no markup but WebVTT's own."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        raise ValidationError(_("The captions are not written in UTF-8. Save them again as UTF-8.")) from fault
    if "\0" in text or not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise ValidationError(_("This is no WebVTT file: its first line has to be WEBVTT."))
    cues = [(_seconds(start), _seconds(end)) for start, end in _TIMES.findall(text)]
    if not cues:
        raise ValidationError(_("The captions have no line with two times, such as 00:01.000 --> 00:04.000."))
    if any(end <= start for start, end in cues) or cues != sorted(cues):
        raise ValidationError(_("The times of the captions do not go forward."))
    if _TAGS.search(_TIMES.sub("", text)):
        raise ValidationError(_("Captions hold words only; take the markup out."))
    return text


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.split(":"):
        total = total * 60 + float(part)
    return total
