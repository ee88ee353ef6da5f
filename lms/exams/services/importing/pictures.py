"""Pictures that come along with questions: which the bank has already, and which are to be kept."""

import io
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from lms.exams.models import QuestionBank, QuestionFigure
from lms.exams.services.bank_file import Item
from lms.exams.services.figures import FigureRefused, draw_anew, keep_figure

from .gathering import Entry
from .parsed import Picture

LEFT_OUT = _("The picture “%(name)s” was left out: %(why)s")
NO_ALT = _("A picture came without a word of what it shows. Write one.")
TOO_MANY = _("The pictures of the file are too many or too large to be looked at together.")
# What all pictures of a file together may unfold to.
MOST_PIXELS = 120_000_000
NEW = "new:"


class Pictures:
    """The pictures of a bank by their content; new ones are only named, until they are kept."""

    def __init__(self, bank: QuestionBank) -> None:
        self.bank = bank
        kept = QuestionFigure.objects.filter(bank=bank).values_list("uid", "file__sha256")
        self._known = {digest: str(uid) for uid, digest in kept}
        self._uids = set(self._known.values())
        self._pixels = 0
        self.fresh: dict[str, Picture] = {}

    def knows(self, uids: list[str]) -> bool:
        """Whether every picture is in the bank or about to be."""
        return all(uid in self._uids or uid.startswith(NEW) for uid in uids)

    def placed(self, entry: Entry) -> Item:
        """The question with its pictures named."""
        if entry.item is None:
            raise ValueError(entry.ref)
        if not entry.pictures:
            return entry.item
        return entry.item.model_copy(update={"figures": self.uids(entry, entry.item.figures)})

    def uids(self, entry: Entry, named: list[str]) -> list[str]:
        """The pictures that an entry names and those that came with it, as far as they can be kept."""
        found = list(named)
        for picture in entry.pictures:
            uid = self._uid(entry, picture)
            if uid and uid not in found:
                found.append(uid)
        return found

    def _uid(self, entry: Entry, picture: Picture) -> str:
        raw = sha256(picture.content).hexdigest()
        if raw in self._known:
            return self._known[raw]
        try:
            self._count(picture)
            _media_type, drawn = draw_anew(picture.content)
        except FigureRefused as refused:
            entry.notes.append(LEFT_OUT % {"name": picture.name or "…", "why": refused})
            return ""
        digest = sha256(drawn).hexdigest()
        if digest not in self._known:
            self._known[digest] = self._known[raw] = f"{NEW}{digest}"
            self.fresh[f"{NEW}{digest}"] = picture
            if not picture.alt:
                entry.notes.append(str(NO_ALT))
        return self._known[digest]

    def _count(self, picture: Picture) -> None:
        """Refuse before the pixels are unfolded."""
        try:
            with Image.open(io.BytesIO(picture.content)) as opened:
                self._pixels += opened.width * opened.height
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return
        if self._pixels > MOST_PIXELS:
            raise PicturesTooMany

    def kept(self, uids: list[str], *, ref: str, actor: str, now: datetime) -> list[str]:
        """The same pictures, those that are new now kept in the bank."""
        return [self._keep(uid, ref, actor, now) if uid.startswith(NEW) else uid for uid in uids]

    def _keep(self, uid: str, ref: str, actor: str, now: datetime) -> str:
        picture = self.fresh[uid]
        figure = keep_figure(
            bank=self.bank,
            name=picture.name or f"{ref}.png",
            content=picture.content,
            alt=picture.alt or f"题目 {ref} 的图（导入时没有说明）",
            now=now,
            actor=actor,
        )
        return str(figure.uid)


class PicturesTooMany(FigureRefused):
    code = "pictures-too-many"
    message = TOO_MANY
