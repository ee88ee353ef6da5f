"""What the formats of Moodle have in common: texts with twins and pictures, tags for what has no place of its own."""

import base64
from collections.abc import Callable, Iterable, Sequence
from html import escape

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind
from lms.exams.services.bank_file import Item, Option
from lms.exams.services.importing.parsed import LETTERS, Sentence, said

from .gathering import Content, Outgoing, Shown, Written

KIND_UNHELD = _("%(format)s has no questions of this kind.")
RUBRIC_UNHELD = _("%(format)s holds no rubric; it stays in the bank when the file comes back.")
PERCENT_UNHELD = _("%(format)s holds no tolerance in percent; it was written as a number.")
UNITS_UNHELD = _("%(format)s holds no units to choose; the question was left out.")
BLANKS_UNHELD = _("%(format)s holds one blank a question.")
ENGLISH_UNHELD = _("%(format)s does not hold its English words.")
PICTURES_UNHELD = _("%(format)s holds no pictures.")
ARROW_UNHELD = _("%(format)s cannot write “->” inside a pair.")


class Losses:
    """Collects what a format does not hold, question by question."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written = Written(b"")

    def tell(self, ref: str, sentence: Sentence) -> None:
        self.written.losses.setdefault(ref, []).append(said(sentence, format=self.name))

    def leave_out(self, ref: str, sentence: Sentence) -> None:
        self.tell(ref, sentence)
        self.written.left_out.append(ref)


def hypertext(text: str, text_en: str, pictures: Iterable[str]) -> str:
    """A text as hypertext: its English twin as Moodle's own filter knows it, its pictures below."""
    plain = escape(text, quote=False).replace("\n", "<br>")
    if text_en:
        english = escape(text_en, quote=False).replace("\n", "<br>")
        plain = f'<span lang="zh" class="multilang">{plain}</span><span lang="en" class="multilang">{english}</span>'
    return plain + "".join(pictures)


def inline(picture: Shown) -> str:
    """A picture inside the text."""
    data = base64.b64encode(picture.content).decode("ascii")
    return f'<br><img src="data:{picture.media_type};base64,{data}" alt="{escape(picture.alt)}">'


def attached(picture: Shown) -> str:
    """A picture that lies beside the text."""
    return f'<br><img src="@@PLUGINFILE@@/{picture.name}" alt="{escape(picture.alt)}">'


def shown_by(content: Content, uids: Sequence[str]) -> list[Shown]:
    """The pictures that a text names."""
    return [content.pictures[uid] for uid in uids if uid in content.pictures]


def tags_of(question: Outgoing, right_order: Sequence[Option] = ()) -> list[str]:
    """What the format has no field for, as `name:value`."""
    item = question.item
    tags = [f"topic:{item.topic}", f"difficulty:{item.difficulty.value}", f"source:{item.source}"]
    for name, value in (
        ("level", item.level),
        ("module", question.module),
        ("competency", item.competency),
        ("case", question.case),
        ("unit_en", item.unit_en),
        ("limit", str(item.limit or "")),
    ):
        tags += [f"{name}:{value}"] if value else []
    tags += [f"law:{basis.law}/{basis.article}/{basis.as_of.isoformat()}" for basis in item.law]
    for listed in (item.choices, item.options if item.kind == QuestionKind.ORDERING else []):
        names = [entry.id for entry in listed]
        tags += [f"order:{','.join(names)}"] if names != sorted(names) else []
    if item.options:
        tags.append(f"ids:{','.join(option.id for option in right_order or item.options)}")
    return tags


def choices_by_pairs(item: Item) -> list[Option]:
    """The choices of a matching in the order in which its pairs name them, the spare ones last."""
    by_id = {choice.id: choice for choice in item.choices}
    pairs = item.key.pairs or {}
    named = list(dict.fromkeys(pairs[option.id] for option in item.options))
    return [by_id[name] for name in [*named, *(choice.id for choice in item.choices if choice.id not in named)]]


def in_right_order(item: Item) -> list[Option]:
    """The options of an ordering as they belong."""
    by_id = {option.id: option for option in item.options}
    return [by_id[name] for name in item.key.order or []]


def letter(at: int) -> str:
    """A, B, C …"""
    return LETTERS[at].upper()


Writer = Callable[[Content], Written]
