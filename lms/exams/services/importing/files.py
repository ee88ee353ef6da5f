"""A file of questions as bytes: how large it may be, and in which letters it is written."""

from django.utils.translation import gettext_lazy as _

from lms.kernel.commands import UnreadableInput

MAX_BYTES = 5 * 1024 * 1024
MAX_ITEMS = 2000
# Encodings that a file may say it is written in, beside those that are tried anyway.
KNOWN = {"gbk", "gb2312", "big5", "iso-8859-1", "iso-8859-15", "windows-1252"}


class QuestionsUnreadable(UnreadableInput):
    """The bytes are not of the format that was named."""

    code = "questions-unreadable"
    message = _("This file cannot be read as %(format)s. Nothing was written.")


class QuestionsTooLarge(QuestionsUnreadable):
    code = "questions-too-large"
    message = _("The file is larger than a file of questions can be: at most 5 MB and %(most)s questions.")


class LettersUnknown(QuestionsUnreadable):
    code = "questions-letters-unknown"
    message = _("The letters of this file cannot be read. Save it as text in UTF-8 or GB18030.")


class CutShort(QuestionsUnreadable):
    """Half a file looks right until its last question."""

    code = "questions-cut-short"
    message = _("The file ends in the middle of a question (line %(line)s). Get the whole file; nothing was written.")


class NothingThere(QuestionsUnreadable):
    code = "questions-none"
    message = _("There is no question in this file. Is it really %(format)s?")


def too_large() -> QuestionsTooLarge:
    """The refusal of a file beyond every limit."""
    return QuestionsTooLarge(most=f"{MAX_ITEMS:,}")


def decoded(content: bytes, declared: str = "") -> str:
    """The text of a file, its line ends as one; refused where the bytes are no text."""
    if len(content) > MAX_BYTES:
        raise too_large()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = (*([declared] if declared in KNOWN else []), "utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise LettersUnknown
