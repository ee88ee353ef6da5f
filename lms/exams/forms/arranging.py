"""Questions in which things are put in order or matched; no id of an option may tell where it belongs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from lms.exams.enums import QuestionKind
from lms.exams.forms.options import FEWEST, as_row, jumbled, places_of, veiled
from lms.exams.forms.questions import QuestionForm
from lms.exams.forms.rows import PairRow, SpareRow, StepRow, rows_of
from lms.exams.services.bank_file import Item


class OrderingForm(QuestionForm):
    """Steps to be put in their order; the rows of the form are in the right one."""

    kind = QuestionKind.ORDERING
    row_sets: ClassVar = {"steps": (rows_of(StepRow), 5)}

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        options = {entry.id: as_row(entry) for entry in item.options}
        return {"steps": [options[each] for each in item.key.order or []]}

    def content(self) -> dict[str, Any]:
        known = places_of(self.before.options if self.before else [])
        steps: list[dict[str, Any]] = []
        for row in self.rows["steps"].said():
            taken = {step["id"] for step in steps}
            own = row["id"] if row["id"] in known and row["id"] not in taken else veiled(row["text"], {*taken, *known})
            steps.append({"id": own, "text": row["text"], "text_en": row["text_en"]})
        if len(steps) <= FEWEST:
            self.rows["steps"].add_error(_("Give at least three steps, in their right order."))
        if len({step["text"] for step in steps}) < len(steps):
            self.rows["steps"].add_error(_("Two steps say the same."))
        return {"options": jumbled(steps, known), "key": {"order": [step["id"] for step in steps]}}


class MatchingForm(QuestionForm):
    """Things on the left, and what on the right belongs to each."""

    kind = QuestionKind.MATCHING
    row_sets: ClassVar = {"pairs": (rows_of(PairRow), 4), "spares": (rows_of(SpareRow), 2)}

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        pairs, choices = item.key.pairs or {}, {entry.id: entry for entry in item.choices}
        matched = [
            {
                **as_row(entry),
                "choice": pairs[entry.id],
                "match": choices[pairs[entry.id]].text,
                "match_en": choices[pairs[entry.id]].text_en,
            }
            for entry in item.options
        ]
        return {"pairs": matched, "spares": [as_row(e) for e in item.choices if e.id not in pairs.values()]}

    def content(self) -> dict[str, Any]:
        left = places_of(self.before.options if self.before else [])
        right = places_of(self.before.choices if self.before else [])
        options: list[dict[str, Any]] = []
        choices: dict[str, dict[str, Any]] = {}
        pairs: dict[str, str] = {}
        for row in self.rows["pairs"].said():
            taken = {option["id"] for option in options}
            own = row["id"] if row["id"] in left and row["id"] not in taken else veiled(row["text"], {*taken, *left})
            options.append({"id": own, "text": row["text"], "text_en": row["text_en"]})
            pairs[own] = self._choice(choices, right, row["choice"], row["match"], row["match_en"])
        for row in self.rows["spares"].said():
            if row["text"] in choices:
                self.rows["spares"].add_error(_("“%(text)s” belongs to something on the left.") % {"text": row["text"]})
            self._choice(choices, right, row["id"], row["text"], row["text_en"])
        if len(options) < FEWEST or len(choices) < FEWEST:
            self.rows["pairs"].add_error(_("Give at least two pairs with different right sides."))
        if len({option["text"] for option in options}) < len(options):
            self.rows["pairs"].add_error(_("Two rows say the same on the left."))
        return {
            "options": jumbled(options, left),
            "choices": jumbled(list(choices.values()), right),
            "key": {"pairs": pairs},
        }

    def _choice(
        self, choices: dict[str, dict[str, Any]], known: dict[str, int], own: str, text: str, english: str
    ) -> str:
        """The id of a right side; the same words are the same thing."""
        if text not in choices:
            taken = {entry["id"] for entry in choices.values()}
            name = own if own in known and own not in taken else veiled(f"right {text}", {*taken, *known})
            choices[text] = {"id": name, "text": text, "text_en": english}
        found: str = choices[text]["id"]
        return found
