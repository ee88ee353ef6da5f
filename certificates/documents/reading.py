"""Reading files that strangers hand in: size, depth and shape are checked before anything else."""

import io
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal

from .terms import Json

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_CREDENTIAL = 200_000
DEEPEST = 12
ATTACHMENT = "credential.json"


class FileUnreadable(Refusal):
    """Neither a credential nor a certificate PDF, whatever its name says."""

    code = "unreadable"
    message = _("This file is neither a certificate PDF nor a credential in JSON.")


class FileTooLarge(FileUnreadable):
    """Larger than any certificate is."""

    code = "too-large"
    message = _("This file is larger than 2 MB; certificates are much smaller.")
    status = 413


class DamagedFile(ValueError):
    """It began like one of ours and cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file taken apart: the credential inside, and whether it came in a PDF."""

    credential: Json
    text: str
    is_pdf: bool


def _once(pairs: list[tuple[str, Any]]) -> Json:
    names = [name for name, _value in pairs]
    if len(names) != len(set(names)):
        raise DamagedFile("a member stands twice")
    return dict(pairs)


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        if sign in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "}]":
            depth -= 1
    return deepest


def read_json(content: bytes) -> tuple[Json, str]:
    """A JSON object from bytes, with no member twice, not too large and not too deep."""
    if len(content) > LARGEST_CREDENTIAL:
        raise DamagedFile("too large")
    try:
        text = content.decode("utf-8")
        if _depth(text) > DEEPEST:
            raise DamagedFile("too deep")
        value = json.loads(text, object_pairs_hook=_once)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DamagedFile("no JSON") from error
    if not isinstance(value, dict):
        raise DamagedFile("no object")
    return value, text


def _attached(content: bytes) -> bytes:
    import pikepdf  # noqa: PLC0415 -- only uploads and commands need it

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            attachment = pdf.attachments[ATTACHMENT].get_file()
            if int(attachment.size) > LARGEST_CREDENTIAL:
                raise DamagedFile("attachment too large")
            return bytes(attachment.read_bytes())
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise DamagedFile("no credential attached") from error


def read_file(content: bytes) -> HandedIn:
    """The credential in a JSON file, or attached to a PDF."""
    if len(content) > LARGEST_FILE:
        raise FileTooLarge
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        credential, text = read_json(_attached(content))
        return HandedIn(credential, text, is_pdf=True)
    if start.startswith(b"{"):
        credential, text = read_json(content)
        return HandedIn(credential, text, is_pdf=False)
    raise FileUnreadable
