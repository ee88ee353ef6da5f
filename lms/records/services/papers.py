"""Documents that people hand in: judged by their content, kept enciphered, opened for whoever may."""

import io
import unicodedata
import warnings
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pikepdf
from django.utils.translation import gettext_lazy as _
from PIL import Image

from lms.kernel.refusals import Refusal
from lms.records.services import encryption, private_files

if TYPE_CHECKING:
    from lms.records.models import PrivateFile

MAX_BYTES = 10 * 1024 * 1024
MAX_DOCUMENTS = 6
LONGEST_NAME = 120
# Documents were first kept by the rooms of courses; the word is part of their keys and stays.
PURPOSE = "courses.paper"
# What a file begins with, and how the name of its kind ends; no other kind is taken.
KINDS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PaperRefused(Refusal):
    """A document that is not kept, and why."""

    code = "paper-refused"


class PaperEmpty(PaperRefused):
    """Nothing in it."""

    code = "paper-empty"
    message = _("“%(name)s” is empty. Choose the file again.")


class PaperTooLarge(PaperRefused):
    """Larger than a scanned document needs to be."""

    code = "paper-too-large"
    message = _("“%(name)s” is larger than 10 MB. Scan it at a lower resolution, or save it smaller.")
    status = 413


class PaperOfWrongKind(PaperRefused):
    """Its content says what it is, whatever its name says."""

    code = "paper-of-wrong-kind"
    message = _("“%(name)s” is not a PDF, JPEG or PNG file. Save it as one of these first.")


class PaperLocked(PaperRefused):
    """Nobody could read it."""

    code = "paper-locked"
    message = _("“%(name)s” asks for a password. Save it without one first, so that the training base can read it.")


class PaperDamaged(PaperRefused):
    """It began like a document and cannot be read to its end."""

    code = "paper-damaged"
    message = _("“%(name)s” is damaged and cannot be opened. Save or scan it again.")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was looked at, under a name that can do no harm."""

    name: str
    media_type: str
    content: bytes


def read_paper(*, name: str, content: bytes) -> Paper:
    """Look at what was handed in; the content decides what it is, never the name or what the browser said."""
    shown = plain_name(name)
    if not content:
        raise PaperEmpty(name=shown)
    if len(content) > MAX_BYTES:
        raise PaperTooLarge(name=shown)
    kind = _kind_of(content)
    if kind is None:
        raise PaperOfWrongKind(name=shown)
    media_type, ending = kind
    if media_type == "application/pdf":
        _look_at_pdf(shown, content)
    else:
        _look_at_picture(shown, content)
    return Paper(_ending_in(shown, ending), media_type, content)


def plain_name(name: str) -> str:
    """The last part of a file name without characters that steer a program or turn the writing round."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if not unicodedata.category(sign).startswith(("C", "Zl", "Zp")))
    return kept.strip(" .")[-LONGEST_NAME:] or "document"


def _ending_in(name: str, ending: str) -> str:
    if name.lower().endswith((ending, ".jpeg") if ending == ".jpg" else ending):
        return name
    return name[: LONGEST_NAME - len(ending)] + ending


def _kind_of(content: bytes) -> tuple[str, str] | None:
    return next((kind for beginning, kind in KINDS.items() if content.startswith(beginning)), None)


def _look_at_pdf(name: str, content: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if not len(document.pages):
                raise PaperDamaged(name=name)
    except pikepdf.PasswordError as locked:
        raise PaperLocked(name=name) from locked
    except (pikepdf.PdfError, RuntimeError, ValueError) as broken:
        raise PaperDamaged(name=name) from broken


def _look_at_picture(name: str, content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                picture.verify()
    except (*_BOMBS, OSError, SyntaxError, ValueError) as broken:
        raise PaperDamaged(name=name) from broken


def keep_paper(*, paper: Paper, kind: str, owner: str, now: datetime) -> "PrivateFile":
    """Keep the document enciphered; its file is never served by address."""
    blob = encryption.encrypt(b64encode(paper.content).decode("ascii"), purpose=PURPOSE)
    return private_files.store(name=paper.name, content=blob, kind=kind, owner=owner, now=now)


def open_paper(file: "PrivateFile") -> Paper:
    """The document as it was handed in."""
    content = b64decode(encryption.decrypt(private_files.open_file(file), purpose=PURPOSE))
    kind = _kind_of(content)
    return Paper(file.name, kind[0] if kind else "application/octet-stream", content)
