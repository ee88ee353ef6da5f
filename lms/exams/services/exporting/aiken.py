"""A bank as Aiken: single choice and true or false, words only."""

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind
from lms.exams.services.bank_file import Item

from .gathering import Content, Written
from .wording import ENGLISH_UNHELD, KIND_UNHELD, PICTURES_UNHELD, Losses, letter

_KINDS = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE)
LINES_UNHELD = _("%(format)s holds one line of words; line ends became spaces.")
CASE_UNHELD = _("%(format)s does not hold the text of its case; the question was left out.")
BARE = _("%(format)s holds no name, tags, explanation, source or legal basis.")


def _losses(item: Item, losses: Losses) -> None:
    losses.tell(item.ref, BARE)
    told = (
        (ENGLISH_UNHELD, bool(item.stem_en)),
        (PICTURES_UNHELD, bool(item.figures)),
        (LINES_UNHELD, "\n" in item.stem or any("\n" in option.text for option in item.options)),
    )
    for sentence, happens in told:
        if happens:
            losses.tell(item.ref, sentence)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def write_aiken(content: Content) -> Written:
    """Every question that Aiken holds, and what it does not."""
    losses = Losses("Aiken")
    parts = []
    for question in content.questions:
        item = question.item
        if item.kind not in _KINDS or question.case:
            losses.leave_out(item.ref, CASE_UNHELD if item.kind in _KINDS else KIND_UNHELD)
            continue
        _losses(item, losses)
        ids = [option.id for option in item.options]
        options = [f"{letter(at)}. {_line(option.text)}" for at, option in enumerate(item.options)]
        parts.append("\n".join([_line(item.stem), *options, f"ANSWER: {letter(ids.index(item.key.option or ''))}"]))
    losses.written.content = ("\n\n".join(parts) + "\n").encode("utf-8")
    return losses.written
