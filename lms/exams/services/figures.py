"""Pictures of questions: judged by their content, drawn anew so that nothing hides in them, never served by address."""

import io
import warnings
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from lms.exams.models import QuestionBank, QuestionFigure
from lms.kernel.refusals import Refusal
from lms.records.services import private_files
from lms.records.services.audit import record

MAX_BYTES = 5 * 1024 * 1024
MAX_SIDE = 6000
SHOWN_SIDE = 1600
KIND = "question-figure"
JPEG_SCAN, JPEG_END = b"\xff\xda", b"\xff\xd9"
# What Pillow calls a kind, the media type, and how it is written again.
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "PNG": ("image/png", {"optimize": True}),
    "JPEG": ("image/jpeg", {"quality": 88, "optimize": True}),
    "WEBP": ("image/webp", {"quality": 88}),
}
_BROKEN = (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError)


class FigureRefused(Refusal):
    """A picture that is not kept, and why."""

    code = "figure-refused"


class FigureTooLarge(FigureRefused):
    code = "figure-too-large"
    message = _("The picture is larger than 5 MB or than 6,000 pixels a side. Save it smaller.")
    status = 413


class FigureOfWrongKind(FigureRefused):
    code = "figure-of-wrong-kind"
    message = _("This file is not a PNG, JPEG or WebP picture, or it is damaged. Save it as one of these.")


class FigureWithoutWords(FigureRefused):
    code = "figure-without-words"
    message = _("Say in words what the picture shows, so that somebody who cannot see it can answer the question.")


@transaction.atomic
def keep_figure(
    *, bank: QuestionBank, name: str, content: bytes, alt: str, now: datetime, alt_en: str = "", actor: str = ""
) -> QuestionFigure:
    """Keep a picture for a bank; the same picture again answers the row that is there."""
    if not alt.strip():
        raise FigureWithoutWords
    media_type, drawn = draw_anew(content)
    file = private_files.store(name=name[-200:], content=drawn, kind=KIND, owner=f"exams.bank:{bank.pk}", now=now)
    figure, is_new = QuestionFigure.objects.get_or_create(
        bank=bank,
        file=file,
        defaults={
            "media_type": media_type,
            "alt": alt.strip()[:400],
            "alt_en": alt_en.strip()[:400],
            "created_at": now,
        },
    )
    if is_new and actor:
        record(
            action="exams.figure-kept",
            actor=actor,
            subject=f"exams.figure:{figure.uid}",
            organisation=bank.organisation.code,
            detail={"bank": bank.code, "sha256": file.sha256},
            now=now,
        )
    return figure


def draw_anew(content: bytes) -> tuple[str, bytes]:
    """The picture's media type and its pixels written again: no comment, no place, no second file in its tail."""
    if len(content) > MAX_BYTES:
        raise FigureTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _refuse_if_cut_short(content)
            with Image.open(io.BytesIO(content), formats=tuple(KINDS)) as picture:
                if max(picture.size) > MAX_SIDE:
                    raise FigureTooLarge
                kind = str(picture.format)
                return KINDS[kind][0], _written(picture, kind)
    except _BROKEN as broken:
        raise FigureOfWrongKind from broken


def _refuse_if_cut_short(content: bytes) -> None:
    """Raise `OSError` where the end is missing, whatever another library of this process has told Pillow to allow."""
    # A PNG is walked to its last chunk: how far its pixels reach depends on how well they were compressed.
    with Image.open(io.BytesIO(content), formats=tuple(KINDS)) as picture:
        picture.verify()
        # A JPEG ends with a marker of its own, after the last scan; a decoder told to bear with less draws grey.
        if picture.format == "JPEG" and content.rfind(JPEG_END) < content.rfind(JPEG_SCAN):
            raise OSError("the picture has no end")
    parser = ImageFile.Parser()
    parser.feed(content)
    parser.close()


def _written(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGB" if kind == "JPEG" else "RGBA")
    plain.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    pixels = Image.new(plain.mode, plain.size)
    pixels.paste(plain)
    out = io.BytesIO()
    pixels.save(out, format=kind, **KINDS[kind][1])
    return out.getvalue()


def read_figure(figure: QuestionFigure) -> bytes:
    """The picture's bytes, checked against their hash."""
    return private_files.open_file(figure.file)
