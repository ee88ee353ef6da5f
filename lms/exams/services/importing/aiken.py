"""Questions in Aiken: words, lettered answers, the letter of the right one. https://docs.moodle.org/en/Aiken_format"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .files import MAX_ITEMS, CutShort, too_large
from .parsed import TRUTHS, Choice, Parsed, Words, choose, decide, said

NO_QUESTION = _("There are answers, and no question before them.")
NO_ANSWER_LINE = _("The line “ANSWER:” with the letter of the right answer is missing.")
NO_SUCH_LETTER = _("“%(letter)s” is none of the letters of the answers.")
ONE_LETTER = _("Aiken holds one right answer for a question; “%(letters)s” are more.")
TWICE = _("Two answers have the letter “%(letter)s”.")

MOST_LINES = 60 * MAX_ITEMS
_OPTION = re.compile(r"^([A-Z])[.)、]\s*(.*)$")
_ANSWER = re.compile(r"^(?:ANSWER|答案)\s*:\s*(.*)$", re.IGNORECASE)


class _Block:
    """The question that is being read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.words: list[str] = []
        self.options: list[tuple[str, str]] = []

    def settle(self, letters: str | None) -> Parsed:
        parsed = Parsed(place=said(_("line %(line)s"), line=str(self.line)))
        parsed.fields["stem"] = "\n".join(self.words)
        parsed.name = "" if self.words else f"line-{self.line}"
        names = [name for name, _text in self.options]
        twice = next((name for name in names if names.count(name) > 1), "")
        if not self.words:
            parsed.error = said(NO_QUESTION)
        elif letters is None:
            parsed.error = said(NO_ANSWER_LINE)
        elif len(re.findall(r"[A-Z]", letters)) > 1:
            parsed.error = said(ONE_LETTER, letters=letters)
        elif letters not in names:
            parsed.error = said(NO_SUCH_LETTER, letter=letters[:20])
        elif twice:
            parsed.error = said(TWICE, letter=twice)
        else:
            self._key(parsed, letters)
        return parsed

    def _key(self, parsed: Parsed, letter: str) -> None:
        texts = [text for _name, text in self.options]
        if texts in [[entry[at] for entry in TRUTHS] for at in (1, 2)]:
            decide(parsed, self.options[0][0] == letter)
            return
        # The writer's own letters stay: here they are part of the text.
        parsed.tags = [f"ids:{','.join(name.lower() for name, _text in self.options)}"]
        choose(parsed, [Choice(Words(text), 100 if name == letter else 0) for name, text in self.options], single=True)
        parsed.tags = []


def read_aiken(text: str) -> list[Parsed]:
    """Every question of a file in its order; full-width letters and marks are read like narrow ones."""
    read: list[Parsed] = []
    if text.count("\n") > MOST_LINES:
        raise too_large()
    block = _Block(1)
    for number, line in enumerate(text.split("\n"), start=1):
        plain = line.strip()
        narrow = unicodedata.normalize("NFKC", plain)
        answer, option = _ANSWER.match(narrow), _OPTION.match(narrow)
        if answer:
            read.append(block.settle(answer.group(1).strip().rstrip(".").upper()))
            block = _Block(number + 1)
        elif option and block.words:
            block.options.append((option.group(1), _after_letter(plain)))
        elif plain:
            if block.options:
                read.append(block.settle(None))
                block = _Block(number)
            block.line = block.line if block.words else number
            block.words.append(plain)
    if block.words or block.options:
        raise CutShort(line=str(block.line))
    return read


def _after_letter(line: str) -> str:
    """The words of an answer as they were typed, without the letter and the mark before them."""
    return re.sub(r"^.\s*[.)、．）]\s*", "", line)
