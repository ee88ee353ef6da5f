"""Banks as files: what each format holds, and what it does not."""

from lms.exams.enums import QuestionFormat

from .aiken import write_aiken
from .gathering import Content, Written, content_of
from .gift import write_gift
from .moodle_xml import write_moodle_xml
from .xlsx import Codes, template, write_xlsx

MEDIA_TYPES: dict[QuestionFormat, tuple[str, str]] = {
    QuestionFormat.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    QuestionFormat.GIFT: ("text/plain; charset=utf-8", "gift.txt"),
    QuestionFormat.MOODLE_XML: ("application/xml", "xml"),
    QuestionFormat.AIKEN: ("text/plain; charset=utf-8", "aiken.txt"),
}


def write_bank(content: Content, file_format: QuestionFormat, codes: Codes | None = None) -> Written:
    """A bank in one of the formats."""
    if file_format == QuestionFormat.XLSX:
        return write_xlsx(content, codes)
    if file_format == QuestionFormat.GIFT:
        return write_gift(content)
    return write_moodle_xml(content) if file_format == QuestionFormat.MOODLE_XML else write_aiken(content)


__all__ = ["MEDIA_TYPES", "Codes", "Content", "Written", "content_of", "template", "write_bank"]
