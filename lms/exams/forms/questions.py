"""A question as its author writes it: what all kinds have, and how a form becomes an `Item`."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from lms.exams.enums import Difficulty, QuestionKind
from lms.exams.forms.rows import BasisRow, RowSet, law_choices, rows_of, with_spare
from lms.exams.forms.words import Words
from lms.exams.models import QuestionFigure
from lms.exams.selectors.tags import Tags
from lms.exams.services.bank_file import Item

AT = ":"
COMMON = ("stem", "stem_en", "explanation", "explanation_en", "source")
LAWS = rows_of(BasisRow)


class QuestionForm(forms.Form):
    """What every kind of question has. A kind adds its own fields and rows, and says how they become a key."""

    kind: ClassVar[QuestionKind]
    # Rows of the kind, by name, with the fewest that stand open in the form.
    row_sets: ClassVar[dict[str, tuple[type[RowSet], int]]] = {}
    own_fields: ClassVar[tuple[str, ...]] = ()

    use_required_attribute = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    ref = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("For you and for files: small letters, digits and hyphens. It stays as it is."),
        error_messages={"invalid": gettext_lazy("Small letters, digits and hyphens only, for example price-of-stake.")},
    )
    place = forms.ChoiceField(label=gettext_lazy("Level and topic"))
    competency = forms.ChoiceField(label=gettext_lazy("Competency"), required=False)
    difficulty = forms.ChoiceField(label=gettext_lazy("Difficulty"), choices=Difficulty.choices)
    stem = Words(label=gettext_lazy("Question"), rows=4)
    stem_en = Words(label=gettext_lazy("Question in English"), rows=4, required=False)
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Pictures"), required=False, widget=forms.CheckboxSelectMultiple
    )
    explanation = Words(
        label=gettext_lazy("Explanation"),
        rows=4,
        help_text=gettext_lazy("Why the right answer is right, and what is wrong with the tempting ones."),
    )
    explanation_en = Words(label=gettext_lazy("Explanation in English"), rows=4, required=False)
    source = Words(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("Public, as a reader may look it up: a statute with its article, a standard, a guide."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        tags: Tags,
        figures: list[QuestionFigure],
        before: Item | None = None,
        seen: str = "",
    ) -> None:
        """`before` is what stands now; `seen` is the token of it, empty for a new question."""
        first = {"difficulty": Difficulty.MEDIUM, **(self._common(before) if before else {}), "seen": seen}
        super().__init__(data, initial=first)
        self.before, self.tags = before, tags
        if before:
            del self.fields["ref"]
        self._offer(tags, figures)
        self.law = self._law(data)
        self.rows = self._rows(data)

    def _offer(self, tags: Tags, figures: list[QuestionFigure]) -> None:
        before = self.before
        places = _places(tags, f"{before.level}{AT}{before.topic}" if before else "")
        names = [(each.code, f"{each.code} {each.label}") for each in tags.competencies]
        if before and before.competency and tags.competency(before.competency) is None:
            names.append((before.competency, before.competency))
        self.fields["place"].choices = [("", "—"), *places]  # type: ignore[attr-defined]
        self.fields["competency"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
        self.fields["figures"].choices = [(str(each.uid), each.alt) for each in figures]  # type: ignore[attr-defined]
        if not figures:
            del self.fields["figures"]

    def _common(self, item: Item) -> dict[str, Any]:
        words = {name: getattr(item, name) for name in (*COMMON, "competency", "difficulty", "figures")}
        return {**words, "place": f"{item.level}{AT}{item.topic}", **self.fields_from(item)}

    def _law(self, data: Mapping[str, Any] | None) -> RowSet:
        known = [basis.model_dump() for basis in self.before.law] if self.before else []
        laws = law_choices()
        return LAWS(data, prefix="law", initial=with_spare(known, 2), form_kwargs={"laws": laws})

    def _rows(self, data: Mapping[str, Any] | None) -> dict[str, RowSet]:
        known = self.rows_from(self.before) if self.before else {}
        return {
            name: rows(data, prefix=name, initial=with_spare(known.get(name, []), least))
            for name, (rows, least) in self.row_sets.items()
        }

    def fields_from(self, item: Item) -> dict[str, Any]:
        """What the fields of this kind hold for an item."""
        return {}

    def rows_from(self, item: Item) -> dict[str, list[dict[str, Any]]]:
        """What the rows of this kind hold for an item."""
        return {}

    def content(self) -> dict[str, Any]:
        """Options and key of this kind, from fields and rows that are right by themselves.

        What does not fit together is said with `add_error` on a field or on rows.
        """
        raise NotImplementedError

    @property
    def blocks(self) -> list[tuple[str, RowSet]]:
        """The rows of this kind by name, for the page."""
        return list(self.rows.items())

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of this kind, for the page."""
        return [self[name] for name in self.own_fields]

    def build(self, ref: str) -> Item | None:
        """The question that the form says, or None with every fault said at its place."""
        sets = (self.law, *self.rows.values())
        sound = all([self.is_valid(), *(rows.is_valid() for rows in sets)])
        said = self._said(ref or self.cleaned_data["ref"]) if sound else {}
        said |= self.content() if self._content_is_there() else {}
        if not self.is_right:
            return None
        try:
            return Item.model_validate(said)
        except ValidationError:
            self.add_error(None, _("This is no right question of its kind yet. Compare its options with its key."))
            return None

    def _content_is_there(self) -> bool:
        """Whether everything that options and key are made of can be read, whatever else is still missing."""
        needed = {"stem", "stem_en", *self.own_fields}
        return needed <= set(self.cleaned_data) and all(rows.is_valid() for rows in self.rows.values())

    @property
    def is_right(self) -> bool:
        """Whether nothing has been said against the form or its rows."""
        sets = (self.law, *self.rows.values())
        return not self.errors and not any(rows.non_form_errors() for rows in sets)

    @property
    def module(self) -> str:
        """The module of the topic that was chosen."""
        level, _at, topic = self.cleaned_data["place"].partition(AT)
        return self.tags.module_of(level, topic)

    def _said(self, ref: str) -> dict[str, Any]:
        cleaned = self.cleaned_data
        level, _at, topic = cleaned["place"].partition(AT)
        law = [{name: row[name] for name in ("law", "article", "as_of")} for row in self.law.said()]
        if len({(row["law"], row["article"]) for row in law}) < len(law):
            self.law.add_error(_("An article stands here twice. Once is enough."))
        return {
            "ref": ref,
            "kind": self.kind,
            "level": level,
            "topic": topic,
            "law": law,
            **{name: cleaned[name] for name in (*COMMON, "competency", "difficulty")},
            "figures": cleaned.get("figures", []),
        }


def _places(tags: Tags, now_at: str) -> list[tuple[str, Any]]:
    """Topics under their levels; where a question stands now is there even if the rules know it no more."""
    groups: list[tuple[str, Any]] = []
    for level in tags.levels:
        inside = [(f"{level.code}{AT}{each.code}", each.label) for each in tags.topics if each.level == level.code]
        groups.append((level.label, inside))
    known = {value for _label, inside in groups for value, _title in inside}
    if now_at and now_at not in known:
        groups.append((_("Not in the rules in force"), [(now_at, now_at.replace(AT, " ").strip())]))
    return groups
