"""What every chart has: words that say what to see, one drawing for each width, a key, and a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .paper import Drawing, Mark
from .words import Number, Text

NARROW, COLUMN, PAGE = 330, 640, 1150  # units; a drawing is shown only where a unit is a pixel or nearly so
NOTHING_YET = gettext_lazy("There is nothing to draw yet.")
SERIES = 6  # pigments that differ on paper, by night and to every eye


@dataclass(frozen=True, slots=True)
class Series:
    """One line, area or shape: a name and a value for each label; None where there is none.

    `margin` is one standard error of measurement: a band is drawn that far to both sides.
    """

    name: Text
    values: Sequence[Number | None]
    margin: Number = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A value that matters, drawn as a dashed line with its name: a pass line, a requirement."""

    value: Number
    name: Text


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend: a sample and its word."""

    marks: Sequence[Mark]
    word: Text
    narrow_only: bool = False

    @property
    def drawing(self) -> Drawing:
        """The sample, 16 by 12 units."""
        return Drawing(16, 12, self.marks)


@dataclass(frozen=True, slots=True)
class Table:
    """The same values for reading: the first cell of a row names it."""

    head: Sequence[Text]
    rows: Sequence[Sequence[Text]]

    @property
    def lines(self) -> list[tuple[Text, list[tuple[Text, Text]]]]:
        """Each row as its name and its cells, every cell with the head it stands under."""
        return [(row[0], list(zip(self.head[1:], row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A title, one sentence of what to see, a caption under it, and what stands there while there is no data."""

    title: Text
    description: Text
    caption: Text = ""
    empty: Text = NOTHING_YET
    page_wide: bool = False

    @property
    def has_data(self) -> bool:
        """Whether there is anything to draw."""
        raise NotImplementedError

    def draw(self, sheet: float) -> Drawing:
        """The drawing on a sheet of this width."""
        raise NotImplementedError

    @property
    def legend(self) -> list[Key]:
        """Samples and words, where marks are not named on the spot."""
        return []

    @property
    def table(self) -> Table:
        """The values as rows."""
        raise NotImplementedError

    @property
    def widths(self) -> tuple[int, ...]:
        """For a phone and for a column; the whole width of a page is worth a third."""
        return (NARROW, COLUMN, PAGE) if self.page_wide else (NARROW, COLUMN)

    @property
    def drawings(self) -> list[tuple[int, Drawing]]:
        """One drawing for each width; the stylesheet shows the one that fits."""
        return [(width, self.draw(width)) for width in self.widths] if self.has_data else []

    @property
    def label(self) -> str:
        """What a screen reader says instead of the drawing."""
        return _("%(title)s: %(description)s") % {"title": self.title, "description": self.description}
