"""Rows of a question's form: options, pairs, steps, blanks, units, criteria, legal bases. An empty row is no row."""

from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lms.exams.forms.words import Number, OneOfRows, Words
from lms.exams.selectors.laws import every_law

SPARE = 2
MOST_ROWS = 20
BAR = "|"


class Row(forms.Form):
    """One row; `main` is the field without which the rest of it says nothing."""

    main: ClassVar[str] = "text"
    use_required_attribute = False
    id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        said = any(value for name, value in cleaned.items() if name not in ("id", self.main))
        if said and not cleaned.get(self.main) and self.main not in self.errors:
            self.add_error(self.main, _("This row says something, but not this. Fill it in, or empty the row."))
        return cleaned


class OptionRow(Row):
    """Something to choose, and whether it is right."""

    text = Words(label=gettext_lazy("Option"), required=False, rows=2, max_length=600)
    text_en = Words(label=gettext_lazy("In English"), required=False, rows=2, max_length=900)
    right = forms.BooleanField(label=gettext_lazy("Right"), required=False)


class OneOptionRow(OptionRow):
    """Something to choose, of which one thing is right."""

    right = forms.BooleanField(label=gettext_lazy("Right"), required=False, widget=OneOfRows)


class StepRow(Row):
    """Something to put in order; the rows stand in the right order."""

    text = Words(label=gettext_lazy("Step"), required=False, rows=2, max_length=600)
    text_en = Words(label=gettext_lazy("In English"), required=False, rows=2, max_length=900)


class PairRow(Row):
    """Two things that belong together."""

    choice = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    text = Words(label=gettext_lazy("Left"), required=False, rows=2, max_length=600)
    text_en = Words(label=gettext_lazy("Left, in English"), required=False, rows=2, max_length=900)
    match = Words(label=gettext_lazy("Belongs to it"), required=False, rows=2, max_length=600)
    match_en = Words(label=gettext_lazy("Belongs to it, in English"), required=False, rows=2, max_length=900)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        for here, there in (("text", "match"), ("match", "text")):
            if cleaned.get(there) and not cleaned.get(here) and here not in self.errors:
                self.add_error(here, _("A pair has two sides."))
        return cleaned


class SpareRow(Row):
    """Something on the right that belongs to nothing."""

    text = Words(label=gettext_lazy("Belongs to nothing"), required=False, rows=2, max_length=600)
    text_en = Words(label=gettext_lazy("In English"), required=False, rows=2, max_length=900)


class BlankRow(Row):
    """The wordings that are right in one blank."""

    main = "ways"
    ways = Words(label=gettext_lazy("Right wordings, one a line"), required=False, rows=3, max_length=2000)

    def clean_ways(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["ways"].split("\n") if line.strip()]


class UnitRow(Row):
    """A unit that a candidate may choose."""

    text = Words(label=gettext_lazy("Unit"), required=False, max_length=30)
    text_en = Words(label=gettext_lazy("In English"), required=False, max_length=40)
    factor = Number(label=gettext_lazy("How many of the first unit it is"), required=False, max_length=20)

    def clean_factor(self) -> str:
        factor: str = self.cleaned_data["factor"]
        if factor and Decimal(factor) <= 0:
            raise forms.ValidationError(_("A factor is greater than nothing."))
        return factor


class CriterionRow(Row):
    """One thing that is looked for in an essay, with what is worth how much."""

    main = "title"
    title = Words(label=gettext_lazy("Looked for"), required=False, max_length=120)
    title_en = Words(label=gettext_lazy("In English"), required=False, max_length=160)
    levels = Words(label=gettext_lazy("Points and what earns them, one a line"), required=False, rows=4)

    def clean_levels(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["levels"].split("\n") if line.strip()]
        return [_level(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("title") and len(cleaned.get("levels", [])) < 2 and "levels" not in self.errors:
            self.add_error("levels", _("Say at least what earns all points and what earns none, each on its own line."))
        return cleaned


def _level(line: str) -> dict[str, str]:
    points, _bar, words = line.replace("｜", BAR).partition(BAR)
    text, _bar, english = words.partition(BAR)
    try:
        worth = Decimal(points.strip())
    except InvalidOperation as no:
        raise forms.ValidationError(
            _("“%(line)s” does not begin with points. Write for example: 4 | Names the owner and why.")
            % {"line": line[:60]}
        ) from no
    if not worth.is_finite() or worth < 0 or not text.strip():
        raise forms.ValidationError(_("“%(line)s” says no points or no words.") % {"line": line[:60]})
    return {"points": f"{worth.normalize():f}", "text": text.strip(), "text_en": english.strip()}


class BasisRow(Row):
    """An article of a legal text, in the wording in force from a day."""

    main = "law"
    law = forms.ChoiceField(label=gettext_lazy("Legal text"), required=False)
    article = Words(label=gettext_lazy("Article"), required=False, max_length=40)
    as_of = forms.DateField(
        label=gettext_lazy("Wording in force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, laws: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["law"].choices = [("", "—"), *(laws or [])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("law"):
            for name in ("article", "as_of"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A legal basis names the article and the day of its wording."))
        return cleaned


class RowSet(forms.BaseFormSet):
    """Rows of one kind; those that say nothing are left out."""

    def said(self) -> list[dict[str, Any]]:
        """What the filled rows say, top to bottom."""
        return [row.cleaned_data for row in self.forms if row.cleaned_data.get(row.main)]

    def add_error(self, words: str) -> None:
        """Something that is wrong with the rows together."""
        self.non_form_errors().append(words)

    @property
    def errors_in_all(self) -> list[str]:
        """What is wrong with the rows, each with its place."""
        in_all = [str(error) for error in self.non_form_errors()]
        in_rows = [
            _("Row %(number)s: %(error)s") % {"number": number, "error": error}
            for number, row in enumerate(self.forms, start=1)
            for errors in row.errors.values()
            for error in errors
        ]
        return in_all + in_rows


def rows_of(row: type[Row]) -> type[RowSet]:
    """A formset of these rows."""
    made: type[RowSet] = forms.formset_factory(row, formset=RowSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)  # type: ignore[assignment]
    return made


def with_spare(rows: list[dict[str, Any]], least: int) -> list[dict[str, Any]]:
    """The rows that are there and a few empty ones, so that a form without script has room."""
    wanted = min(MOST_ROWS, max(least, len(rows) + SPARE if rows else least))
    return [*rows, *({} for _spare in range(wanted - len(rows)))]


def law_choices() -> list[tuple[str, str]]:
    """Legal texts to choose from, by their titles in the language now active."""
    english = get_language() == "en"
    return [(law.code, (law.title_en if english else "") or law.title) for law in every_law()]
