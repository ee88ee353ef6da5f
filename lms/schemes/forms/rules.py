"""One node of a requirement tree: a requirement, or a group of them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind, ModuleCode, NodeKind
from lms.schemes.validators import COUNTED, SUMMED

from .versions import RevisionForm

SMALLEST = Decimal("0.01")
CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_SENTENCE = _("A code is made of small letters, digits and hyphens, such as hours-total.")
# References that facts of a kind can have, where the platform knows them all.
KNOWN_REFS: dict[FactKind, tuple[str, ...]] = {
    FactKind.CLASS_HOURS: tuple(ModuleCode.values),
    FactKind.EXAM: tuple(LevelCode),
    FactKind.CERTIFICATE: tuple(LevelCode),
}


def code_field(**kwargs: Any) -> forms.RegexField:
    """A field for the code of a rule or a topic."""
    return forms.RegexField(CODE, max_length=60, error_messages={"invalid": CODE_SENTENCE}, **kwargs)


def _codes(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,，、]+", text) if word]


class NamedForm(RevisionForm):
    """What every node has: a code for machines and a title in both languages."""

    kind = NodeKind.ALL_OF
    title = forms.CharField(label=_("Chinese title"), max_length=200)
    title_en = forms.CharField(label=_("English title"), max_length=200)
    code = code_field(label=_("Code"))

    def node(self) -> dict[str, Any]:
        """The node as the tree keeps it."""
        names = ("code", "title", "title_en")
        return {"kind": str(self.kind), **{name: self.cleaned_data[name] for name in names}}


class GroupForm(NamedForm):
    """A group of which every part must be met."""

    def node(self) -> dict[str, Any]:
        return {**super().node(), "children": []}


class NumberedGroupForm(NamedForm):
    """A group of which a number of parts suffices."""

    kind = NodeKind.ANY_OF
    at_least = forms.IntegerField(label=_("How many of its parts suffice"), min_value=1)

    def node(self) -> dict[str, Any]:
        return {**super().node(), "at_least": self.cleaned_data["at_least"], "children": []}


class LeafForm(NamedForm):
    """One requirement: what the facts of one kind must come to."""

    kind = NodeKind.LEAF
    fact = forms.ChoiceField(label=_("What is looked at"), choices=FactKind.choices)
    refs = forms.CharField(
        label=_("Only these count"),
        required=False,
        help_text=_("Codes with commas between them: modules, levels, courses or kinds of practice. Empty: all count."),
    )
    at_least = forms.DecimalField(
        label=_("At least"), required=False, min_value=SMALLEST, max_digits=9, decimal_places=2
    )
    count = forms.IntegerField(label=_("How many"), required=False, min_value=1)
    per_ref_at_least = forms.DecimalField(
        label=_("Marks each must reach"),
        required=False,
        min_value=SMALLEST,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    absent = forms.BooleanField(
        label=_("Nothing of this may stand"),
        required=False,
        help_text=_("Instead of a figure to reach, such as for violations; name the codes above."),
    )
    within = forms.ChoiceField(
        label=_("Counted within"),
        required=False,
        choices=(
            ("", _("all time")),
            ("years", _("so many years before the day asked")),
            ("cycle", _("the cycle of the certificate that is renewed")),
        ),
    )
    years = forms.IntegerField(label=_("Years of this window"), required=False, min_value=1, max_value=20)
    share_of_practice_at_least = forms.IntegerField(
        label=_("Share from practice (per cent)"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Other credits count only as far as this share carries them."),
    )
    practice = forms.CharField(
        label=_("Kinds that are practice"),
        required=False,
        help_text=_("Codes of credit kinds with commas between them."),
    )
    after = forms.CharField(
        label=_("Comes after"), required=False, help_text=_("Codes of requirements of this level that come first.")
    )
    source = forms.CharField(label=_("Source of the figure (Chinese)"), max_length=200)
    source_en = forms.CharField(label=_("Source of the figure (English)"), max_length=200)

    def _listed(self, name: str) -> list[str]:
        codes = _codes(self.cleaned_data[name])
        wrong = next((code for code in codes if not re.match(CODE, code)), "")
        if wrong:
            raise forms.ValidationError(_("“%(code)s” is no code.") % {"code": wrong})
        return codes

    def clean_refs(self) -> list[str]:
        return self._listed("refs")

    def clean_practice(self) -> list[str]:
        return self._listed("practice")

    def clean_after(self) -> list[str]:
        return self._listed("after")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "fact" not in cleaned:
            return cleaned
        fact = FactKind(cleaned["fact"])
        self._check_figures(fact, cleaned)
        self._check_window(cleaned)
        self._check_share(fact, cleaned)
        strange = [ref for ref in cleaned.get("refs", ()) if fact in KNOWN_REFS and ref not in KNOWN_REFS[fact]]
        if strange:
            known = ", ".join(KNOWN_REFS[fact])
            self.add_error(
                "refs",
                _("Of this kind there is no “%(code)s”; there are: %(known)s.") % {"code": strange[0], "known": known},
            )
        return cleaned

    def _check_window(self, cleaned: dict[str, Any]) -> None:
        if "years" not in self.errors and (cleaned.get("within") == "years") != (cleaned.get("years") is not None):
            self.add_error("years", _("Give the years of a window that is measured in years, and of no other."))

    def _check_share(self, fact: FactKind, cleaned: dict[str, Any]) -> None:
        given = bool(cleaned.get("share_of_practice_at_least")), bool(cleaned.get("practice"))
        if given[0] != given[1] and "practice" not in self.errors:
            self.add_error("practice", _("A share from practice and the kinds that are practice are given together."))
        elif given[0] and fact != FactKind.CONTRIBUTION:
            self.add_error("share_of_practice_at_least", _("Only contribution credits have a share from practice."))

    def _check_figures(self, fact: FactKind, cleaned: dict[str, Any]) -> None:
        wanted: tuple[str, ...] = ("count", "per_ref_at_least") if fact in COUNTED else ("at_least",)
        if cleaned.get("absent"):
            wanted = ()
            if fact not in SUMMED or not cleaned.get("refs"):
                self.add_error("absent", _("This needs a kind that is added up, and the codes that may not stand."))
        for name in ("at_least", "count", "per_ref_at_least"):
            if name in self.errors:
                continue
            if name in wanted and cleaned.get(name) is None:
                self.add_error(name, _("This kind of requirement needs this figure."))
            if name not in wanted and cleaned.get(name) is not None:
                self.add_error(name, _("This kind of requirement does not have this figure; leave it empty."))

    def node(self) -> dict[str, Any]:
        figures = {name: self.cleaned_data[name] for name in ("at_least", "count", "per_ref_at_least")}
        said = {name: value if name == "count" else str(value) for name, value in figures.items() if value is not None}
        names = ("fact", "refs", "after", "source", "source_en")
        return {**super().node(), **{name: self.cleaned_data[name] for name in names}, **said, **self._narrowing()}

    def _narrowing(self) -> dict[str, Any]:
        """Window, share from practice and absence, where they are asked for."""
        cleaned, said = self.cleaned_data, dict[str, Any]()
        if cleaned["within"]:
            said["within"] = {"years": cleaned["years"]} if cleaned["within"] == "years" else cleaned["within"]
        if cleaned["share_of_practice_at_least"]:
            said["share_of_practice_at_least"] = cleaned["share_of_practice_at_least"]
            said["practice"] = cleaned["practice"]
        if cleaned["absent"]:
            said["absent"] = True
        return said


def leaf_initial(node: dict[str, Any]) -> dict[str, Any]:
    """The entries of a node as its form shows them."""
    within = node.get("within")
    window = {"within": "years", "years": within["years"]} if isinstance(within, dict) else {"within": within or ""}
    return {**node, **window, **{name: ", ".join(node.get(name, ())) for name in ("refs", "after", "practice")}}


class RenewalForm(RevisionForm):
    """When certificates of a level can be renewed, and how long they can be reinstated."""

    opens_months = forms.IntegerField(label=_("Renewal opens (months before the last day)"), min_value=1, max_value=60)
    grace_months = forms.IntegerField(
        label=_("A lapsed certificate can be reinstated (months)"),
        min_value=0,
        max_value=60,
        help_text=_("0: not at all; the level is earned anew at once."),
    )
