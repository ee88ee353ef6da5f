"""Questions that are answered by typing: blanks, a number, an essay."""

from decimal import Decimal
from itertools import count
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.exams.enums import QuestionKind
from lms.exams.forms.options import as_row, lettered, places_of
from lms.exams.forms.questions import QuestionForm
from lms.exams.forms.rows import BAR, BlankRow, CriterionRow, UnitRow, rows_of
from lms.exams.forms.words import Number, Words
from lms.exams.services.bank_file import Item
from lms.exams.services.key_shapes import BLANK, Criterion


class FillInForm(QuestionForm):
    """Blanks in the stem, marked {{1}}, {{2}} …"""

    kind = QuestionKind.FILL_IN
    row_sets: ClassVar = {"blanks": (rows_of(BlankRow), 2)}

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        return {"blanks": [{"ways": "\n".join(ways)} for ways in item.key.blanks or []]}

    def content(self) -> dict[str, Any]:
        blanks = [row["ways"] for row in self.rows["blanks"].said()]
        for name in ("stem", "stem_en"):
            self._compare(name, len(blanks))
        return {"key": {"blanks": blanks}}

    def _compare(self, name: str, blanks: int) -> None:
        text = self.cleaned_data[name]
        marked = [int(number) for number in BLANK.findall(text)]
        if (text or name == "stem") and (not marked or marked != list(range(1, blanks + 1))):
            said = _(
                "Mark the blanks as {{1}}, {{2}} … in their order. Marked: %(marked)s; with right wordings: %(blanks)s."
            )
            self.add_error(name, said % {"marked": len(marked), "blanks": blanks})


class NumericForm(QuestionForm):
    """A number, with a tolerance and a unit."""

    kind = QuestionKind.NUMERIC
    row_sets: ClassVar = {"units": (rows_of(UnitRow), 2)}
    own_fields = ("value", "tolerance", "tolerance_percent", "unit", "unit_en")
    value = Number(
        label=gettext_lazy("Right number"),
        max_length=20,
        help_text=gettext_lazy("In the first unit, where units are to be chosen."),
    )
    tolerance = Number(
        label=gettext_lazy("Tolerance"), max_length=20, required=False, help_text=gettext_lazy("Empty: exact.")
    )
    tolerance_percent = Number(
        label=gettext_lazy("Tolerance in percent of the right number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Of two tolerances the wider one holds."),
    )
    unit = Words(label=gettext_lazy("Unit, printed behind the box"), required=False, max_length=30)
    unit_en = Words(label=gettext_lazy("Unit in English"), required=False, max_length=40)

    def fields_from(self, item: Item) -> dict[str, Any]:
        key = item.key
        told = {"value": key.value, "tolerance": key.tolerance, "tolerance_percent": key.tolerance_percent}
        return {**told, "unit": item.unit, "unit_en": item.unit_en}

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        return {"units": [{**as_row(unit), "factor": unit.factor} for unit in item.units]}

    def content(self) -> dict[str, Any]:
        units, said = self._units(), dict(self.cleaned_data)
        if units and said["unit"]:
            self.add_error("unit", _("Either one unit is printed, or units are to be chosen. Empty one of the two."))
        for name in ("tolerance", "tolerance_percent"):
            if said[name].startswith("-"):
                self.add_error(name, _("A tolerance is no negative number."))
        key = {name: said[name] for name in ("value", "tolerance", "tolerance_percent") if said[name]}
        return {"unit": said["unit"], "unit_en": said["unit_en"], "units": units, "key": key}

    def _units(self) -> list[dict[str, Any]]:
        rows = self.rows["units"].said()
        factors = [row["factor"] or "1" for row in rows]
        if len(rows) == 1:
            self.rows["units"].add_error(_("Give at least two units to choose from, or none."))
        if factors and Decimal(factors[0]) != 1:
            self.rows["units"].add_error(_("The right number is given in the first unit, so its factor is 1."))
        named = lettered(rows, places_of(self.before.units if self.before else []))
        return [
            {"id": unit["id"], "text": unit["text"], "text_en": unit["text_en"], "factor": factor}
            for unit, factor in zip(named, factors, strict=True)
        ]


class EssayForm(QuestionForm):
    """Written freely, and marked by people with a rubric."""

    kind = QuestionKind.ESSAY
    row_sets: ClassVar = {"criteria": (rows_of(CriterionRow), 3)}
    own_fields = ("limit", "model")
    limit = forms.IntegerField(
        label=gettext_lazy("Characters at most"), min_value=50, max_value=4000, initial=800, localize=False
    )
    model = Words(
        label=gettext_lazy("Points of a good answer"),
        rows=4,
        required=False,
        help_text=gettext_lazy("For the markers; shown to nobody else before the keys are."),
    )

    def fields_from(self, item: Item) -> dict[str, Any]:
        return {"limit": item.limit, "model": item.key.model or ""}

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        return {"criteria": [_row_of(each) for each in self._criteria(item)]}

    @staticmethod
    def _criteria(item: Item | None) -> list[Criterion]:
        return item.key.rubric.criteria if item and item.key.rubric else []

    def content(self) -> dict[str, Any]:
        criteria: list[dict[str, Any]] = []
        known = {each.id for each in self._criteria(self.before)}
        for number, row in enumerate(self.rows["criteria"].said(), start=1):
            taken = {each["id"] for each in criteria}
            free = next(name for name in (f"c{n}" for n in count(1)) if name not in taken | known)
            best = max(Decimal(level["points"]) for level in row["levels"])
            if best <= 0:
                self.rows["criteria"].add_error(_("Row %(number)s: the best answer earns points.") % {"number": number})
            criteria.append(
                {
                    "id": row["id"] if row["id"] in known - taken else free,
                    "title": row["title"],
                    "title_en": row["title_en"],
                    "max": f"{best.normalize():f}",
                    "levels": row["levels"],
                }
            )
        if not criteria:
            self.rows["criteria"].add_error(_("An essay is marked by at least one thing that is looked for."))
        model = self.cleaned_data["model"]
        return {
            "limit": self.cleaned_data["limit"],
            "key": {**({"model": model} if model else {}), "rubric": {"criteria": criteria}},
        }


def _row_of(criterion: Criterion) -> dict[str, Any]:
    """A criterion as its row begins: what is worth how much, a line each."""
    lines = [(level.points, level.text, level.text_en) for level in criterion.levels]
    return {
        "id": criterion.id,
        "title": criterion.title,
        "title_en": criterion.title_en,
        "levels": "\n".join(f" {BAR} ".join(part for part in line if part) for line in lines),
    }
