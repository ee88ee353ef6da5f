"""One way in for every format."""

from lms.exams.enums import QuestionFormat

from .aiken import read_aiken
from .files import MAX_BYTES, NothingThere, decoded, too_large
from .gathering import Entry, gather
from .gift import read_gift
from .moodle_xml import read_moodle_xml
from .parsed import Parsed
from .sheet import read_sheet


def parse(content: bytes, file_format: QuestionFormat) -> list[Parsed]:
    """Everything that a file holds, as it stands there."""
    if len(content) > MAX_BYTES:
        raise too_large()
    if file_format == QuestionFormat.XLSX:
        return read_sheet(content)
    if file_format == QuestionFormat.MOODLE_XML:
        return read_moodle_xml(content)
    return read_gift(decoded(content)) if file_format == QuestionFormat.GIFT else read_aiken(decoded(content))


def read_questions(content: bytes, file_format: QuestionFormat) -> list[Entry]:
    """Every question of a file, judged by itself; a file without any is refused."""
    entries = gather(parse(content, file_format), file_format)
    if not entries:
        raise NothingThere(format=str(file_format.label))
    return entries
