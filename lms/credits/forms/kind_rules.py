"""One kind of work in a draft of credit rules: cap and window, and what each of its rules gives."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.credits.engine.parts import MOST_MONEY, MOST_POINTS
from lms.credits.enums import Verification

from .rule_rows import CENT, as_rows, figure_list, points_field, text_of_list, whole_field
from .rules import LONG, RevisionForm

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule, RuleTable

SPARE_BANDS, SPARE_STEPS = 2, 1
# The second field of a row, by the first.
BESIDE = {"title_en": "title", "note_en": "note", "per": "unit", "verification": "files"}
BESIDE_NUMBERED = {"band": "up_to", "percent": "after"}


class KindForm(RevisionForm):
    """Cap and window of one kind, and what each of its rules gives."""

    cap_per_year = points_field(_("Most points of this kind in a calendar year"), help_text=_("Empty: no cap."))
    valid_years = whole_field(
        _("Years for which credits count"), 1, 20, required=False, help_text=_("Empty: they count for good.")
    )
    decay = forms.CharField(
        label=_("Worth by full years of age, in percent"),
        required=False,
        help_text=_("Falling figures with commas between them, such as 100, 80, 60. Empty: worth the same throughout."),
    )

    def __init__(self, *args: Any, table: "RuleTable", kind: str, **kwargs: Any) -> None:
        self.rules = table.rules_of(kind)
        super().__init__(*args, **kwargs)
        for rule in self.rules:
            self.fields.update({f"{rule.code}.{name}": field for name, field in _fields_of(rule).items()})

    @classmethod
    def of(cls, table: "RuleTable", kind: str) -> dict[str, Any]:
        """What the fields say of a table."""
        terms = table.kind(kind)
        said = {
            "cap_per_year": terms.cap_per_year,
            "valid_years": terms.valid_years,
            "decay": text_of_list(terms.decay),
        }
        for rule in table.rules_of(kind):
            said |= {f"{rule.code}.{name}": value for name, value in _values_of(rule).items()}
        return said

    def sections(self) -> Iterator[tuple["Rule", list[list[forms.BoundField]]]]:
        """The fields of each rule, in rows of what belongs together."""
        for rule in self.rules:
            names = [name for name in self.fields if name.startswith(f"{rule.code}.")]
            rows: dict[str, list[forms.BoundField]] = {}
            for name in names:
                rows.setdefault(_row_of(name.removeprefix(f"{rule.code}.")), []).append(self[name])
            yield rule, list(rows.values())

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the kind itself."""
        return [self[name] for name in ("cap_per_year", "valid_years", "decay")]

    def clean_decay(self) -> str:
        return text_of_list(figure_list(self.cleaned_data["decay"], most=Decimal(100), entries=20))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in list(cleaned):
            code, _dot, word = name.partition(".")
            for first, second, both in (("up_to_", "band_", False), ("after_", "percent_", True)):
                number = word.removeprefix(first)
                other = f"{code}.{second}{number}"
                if word.startswith(first) and other not in self.errors:
                    begun, ended = cleaned.get(name) is not None, cleaned.get(other) is not None
                    if begun and not ended:
                        self.add_error(other, _("Fill in both figures of a row, or neither."))
                    if both and ended and not begun:
                        self.add_error(name, _("Fill in both figures of a row, or neither."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Cap and window as the table keeps them."""
        said = self.cleaned_data
        cap, fading = said["cap_per_year"], figure_list(said["decay"], most=Decimal(100), entries=20)
        return {
            "cap_per_year": None if cap is None else str(cap),
            "valid_years": said["valid_years"],
            "decay": [str(each) for each in fading] or None,
        }

    def changed(self) -> dict[str, dict[str, Any]]:
        """The entries of each rule as the table keeps them."""
        return {rule.code: self._entries(rule) for rule in self.rules}

    def _entries(self, rule: "Rule") -> dict[str, Any]:
        said = {
            name.removeprefix(f"{rule.code}."): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{rule.code}.")
        }
        entries: dict[str, Any] = {name: said[name] for name in ("title", "title_en", "note", "note_en")}
        if rule.points is not None:
            entries["points"] = str(said["points"])
        if rule.per is not None:
            entries["per"] = {name: str(said[name]) for name in ("unit", "per", "most") if said[name] is not None}
            entries["per"]["points"] = entries["per"].pop("per")
        if rule.bands:
            rows = as_rows(said, "up_to", "band")
            entries["bands"] = [
                {"points": str(points), **({} if end is None else {"up_to": str(end)})} for end, points in rows
            ]
        if rule.by != "platform":
            steps = as_rows(said, "after", "percent")
            entries["diminishing"] = [{"after": after, "percent": str(percent)} for after, percent in steps] or None
            entries |= {"files": said["files"], "verification": said["verification"]}
        return entries


def _row_of(name: str) -> str:
    """The row in which a field stands: that of the field beside which it does."""
    stem, _line, number = name.rpartition("_")
    if stem in BESIDE_NUMBERED:
        return f"{BESIDE_NUMBERED[stem]}_{number}"
    return BESIDE.get(name, name)


def _fields_of(rule: "Rule") -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {
        "title": forms.CharField(label=_("Chinese title"), max_length=120),
        "title_en": forms.CharField(label=_("English title"), max_length=120),
        "note": forms.CharField(label=_("What counts (Chinese)"), widget=LONG, required=False, max_length=400),
        "note_en": forms.CharField(label=_("What counts (English)"), widget=LONG, required=False, max_length=400),
    }
    if rule.points is not None:
        limits = {"min_value": -MOST_POINTS, "max_value": -CENT} if rule.points < 0 else {}
        made["points"] = points_field(pgettext_lazy("of credits", "Points"), required=True, **limits)
    if rule.per is not None:
        money = {"max_value": MOST_MONEY, "max_digits": 12}
        made["unit"] = points_field(_("One unit"), required=True, **money)
        made["per"] = points_field(_("Points for each whole unit"), required=True)
        made["most"] = points_field(
            _("Most points for one piece of work"), help_text=_("Empty: no limit for one piece of work.")
        )
    for n in range(1, len(rule.bands) + SPARE_BANDS + 1 if rule.bands else 1):
        made[f"up_to_{n}"] = points_field(
            _("Band %(n)s: up to and with") % {"n": n}, max_value=MOST_MONEY, max_digits=12
        )
        made[f"band_{n}"] = points_field(_("Band %(n)s: points") % {"n": n})
    if rule.by != "platform":
        for n in range(1, len(rule.diminishing) + SPARE_STEPS + 1):
            made[f"after_{n}"] = whole_field(
                _("Step %(n)s: after so many in a year") % {"n": n}, 1, 1000, required=False
            )
            made[f"percent_{n}"] = forms.DecimalField(
                label=_("Step %(n)s: each further one gives, in percent") % {"n": n},
                required=False,
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
            )
        made["files"] = whole_field(_("Least number of files"), 0, 10)
        made["verification"] = forms.ChoiceField(
            label=_("Strongest verification that its evidence allows"), choices=Verification.choices
        )
    return made


def _values_of(rule: "Rule") -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(rule, name) for name in ("title", "title_en", "note", "note_en", "points")}
    said |= {"files": rule.files, "verification": rule.verification}
    if rule.per is not None:
        said |= {"unit": rule.per.unit, "per": rule.per.points, "most": rule.per.most}
    for n, band in enumerate(rule.bands, start=1):
        said |= {f"up_to_{n}": band.up_to, f"band_{n}": band.points}
    for n, step in enumerate(rule.diminishing, start=1):
        said |= {f"after_{n}": step.after, f"percent_{n}": step.percent}
    return said
